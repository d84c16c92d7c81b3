package reprise.extension.attach;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The class loader of the recorder in a kernel that is not ours. The kernel sees nothing of what is
 * in it, and it sees nothing of the kernel's: both may have their own Gson, Jackson or ASM.
 */
final class Enclave extends URLClassLoader {
  /** What notebooks call lies on the kernel's class path; both sides must mean the same classes. */
  private static final List<String> SHARED =
      List.of(
          "reprise.Reprise",
          "reprise.extension.cell.Speech",
          "reprise.extension.cell.Voice",
          "reprise.extension.chance.NotebookChance",
          "reprise.extension.chance.NotebookClock",
          "reprise.extension.chance.NotebookReadings",
          "reprise.extension.chance.NotebookVariables");

  static {
    registerAsParallelCapable();
  }

  private final Map<String, Module> jdk = new HashMap<>();

  private Enclave(URL[] jars) {
    super("reprise", jars, ClassLoader.getPlatformClassLoader());
    for (Module module : ModuleLayer.boot().modules()) {
      if (module.getClassLoader() == ClassLoader.getSystemClassLoader()) {
        module.getPackages().forEach(name -> jdk.put(name, module));
      }
    }
  }

  /** The recorder whose jars lie where {@code agent}'s own folder says. */
  static Enclave beside(File agent) throws IOException {
    File lib =
        new File(agent.getAbsoluteFile().getParentFile().getParentFile(), "kernel-extension");
    File[] jars = lib.listFiles((folder, name) -> name.endsWith(".jar"));
    if (jars == null || jars.length == 0) {
      throw new IOException("its jars are missing from " + lib);
    }
    List<URL> urls = new ArrayList<>();
    for (File jar : jars) {
      urls.add(jar.toURI().toURL());
    }
    return new Enclave(urls.toArray(new URL[0]));
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    if (isShared(name)) {
      return ClassLoader.getSystemClassLoader().loadClass(name);
    }
    Class<?> ofTheJdk = ofTheJdk(name);
    return ofTheJdk == null ? super.findClass(name) : ofTheJdk;
  }

  private static boolean isShared(String name) {
    int nested = name.indexOf('$');
    return SHARED.contains(nested < 0 ? name : name.substring(0, nested));
  }

  /** Parts of the JDK (JShell, the compiler) belong to the loader of the kernel's class path. */
  private @Nullable Class<?> ofTheJdk(String name) {
    Module module = jdk.get(name.substring(0, Math.max(0, name.lastIndexOf('.'))));
    return module == null ? null : Class.forName(module, name);
  }
}
