package reprise.extension.cell;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The parent of all user code: passes on the JDK and the notebook API, and nothing else of what the
 * kernel itself is made of. So a notebook may load its own version of any library that we use.
 */
final class Gate extends ClassLoader {
  private static final List<String> PACKAGES =
      List.of(
          "org.dflib.jjava.jupyter.kernel",
          "org.dflib.jjava.jupyter.messages",
          "io.github.spencerpark");
  private static final List<String> CLASSES =
      List.of(
          "reprise.Reprise",
          "reprise.extension.cell.Cancel",
          "reprise.extension.chance.NotebookChance",
          "reprise.extension.database.Drivers",
          "reprise.extension.djl.Engines",
          "reprise.extension.djl.Training",
          "org.dflib.jjava.jupyter.Extension");

  private final ClassLoader kernel = Gate.class.getClassLoader();
  private final Map<String, Module> jdk = jdkPackages();

  Gate() {
    super("notebook-gate", ClassLoader.getPlatformClassLoader());
  }

  /** Whether code in a notebook may use what is in {@code packageName}. */
  static boolean opens(String packageName) {
    return packageName.equals("reprise")
        || packageName.equals("org.dflib.jjava.jupyter")
        || PACKAGES.stream().anyMatch(open -> isWithin(packageName, open));
  }

  private static boolean isWithin(String packageName, String open) {
    return packageName.equals(open) || packageName.startsWith(open + ".");
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    String packageName = name.substring(0, Math.max(0, name.lastIndexOf('.')));
    if (opensClass(name, packageName)) {
      return kernel.loadClass(name);
    }
    Module module = jdk.get(packageName);
    Class<?> found = module == null ? null : Class.forName(module, name);
    if (found == null) {
      throw new ClassNotFoundException(name);
    }
    return found;
  }

  private static boolean opensClass(String name, String packageName) {
    String topLevel = name.contains("$") ? name.substring(0, name.indexOf('$')) : name;
    return CLASSES.contains(topLevel)
        || PACKAGES.stream().anyMatch(open -> isWithin(packageName, open));
  }

  /** Parts of the JDK (the compiler, JShell) live in the kernel's own class loader. */
  private static Map<String, Module> jdkPackages() {
    Map<String, Module> packages = new HashMap<>();
    for (Module module : ModuleLayer.boot().modules()) {
      if (module.getClassLoader() == ClassLoader.getSystemClassLoader()) {
        module.getPackages().forEach(name -> packages.put(name, module));
      }
    }
    return packages;
  }
}
