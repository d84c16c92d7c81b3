package reprise.extension.cell;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.CodeSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import jdk.jshell.execution.LoaderDelegate;
import jdk.jshell.spi.ExecutionControl.ClassBytecodes;
import jdk.jshell.spi.ExecutionControl.ClassInstallException;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import reprise.extension.database.DriverWeave;
import reprise.extension.djl.DjlWeave;
import reprise.extension.djl.Training;

/** The class loader of a notebook: its snippets and the jars that it added. */
final class UserClasses extends URLClassLoader implements LoaderDelegate {
  private static final String LISTENED_TO = "ai.djl.";

  private final Map<String, byte[]> arrived = new ConcurrentHashMap<>();
  private final Consumer<String> loaded;
  private final DataFlow flow;

  /**
   * A loader with nothing in it yet.
   *
   * @param loaded told the name of each snippet's class
   * @param flow given what each snippet's class refers to
   */
  UserClasses(Consumer<String> loaded, DataFlow flow) {
    super("notebook", new URL[0], new Gate());
    this.loaded = loaded;
    this.flow = flow;
  }

  @Override
  public void load(ClassBytecodes[] snippets) throws ClassInstallException {
    boolean[] done = new boolean[snippets.length];
    for (ClassBytecodes snippet : snippets) {
      arrived.put(snippet.name(), woven(snippet.bytecodes()));
      loaded.accept(snippet.name());
    }
    try {
      for (int i = 0; i < snippets.length; i++) {
        findClass(snippets[i].name());
        done[i] = true;
      }
    } catch (ClassNotFoundException | LinkageError e) {
      throw new ClassInstallException(e.toString(), done);
    }
  }

  private byte[] woven(byte[] bytecode) {
    ClassReader reader = new ClassReader(bytecode);
    ClassWriter writer = new ClassWriter(reader, 0);
    References references = new References(Weave.before(writer));
    reader.accept(references, 0);
    flow.loaded(references);
    return writer.toByteArray();
  }

  @Override
  public void classesRedefined(ClassBytecodes[] snippets) {
    throw new IllegalStateException("snippets are never redefined, only replaced");
  }

  @Override
  public void addToClasspath(String path) {
    addURL(url(Path.of(path)));
  }

  private static URL url(Path path) {
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(path + " cannot stand on a class path", e);
    }
  }

  @Override
  public Class<?> findClass(String name) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      if (known != null) {
        return known;
      }
      byte @Nullable [] snippet = arrived.remove(name);
      if (snippet != null) {
        return defineClass(name, snippet, 0, snippet.length);
      }
      if (name.startsWith("REPL.")) {
        throw new ClassNotFoundException(name);
      }
      if (name.startsWith(LISTENED_TO) && DjlWeave.concerns(name)) {
        Training.heardBy(new TrainingSpeech());
        return listenedTo(name, bytecode -> DjlWeave.woven(name, bytecode));
      }
      return DriverWeave.concerns(name)
          ? listenedTo(name, bytecode -> DriverWeave.woven(name, bytecode))
          : super.findClass(name);
    }
  }

  /** A library's class that tells us what passes through it, from where it lies. */
  private Class<?> listenedTo(String name, UnaryOperator<byte[]> weave)
      throws ClassNotFoundException {
    URL place = findResource(name.replace('.', '/') + ".class");
    if (place == null) {
      throw new ClassNotFoundException(name);
    }
    try {
      URLConnection way = place.openConnection();
      way.setUseCaches(false);
      try (InputStream in = way.getInputStream()) {
        byte[] woven = weave.apply(in.readAllBytes());
        return defineClass(name, woven, 0, woven.length, source(name, place, way));
      }
    } catch (IOException | RuntimeException e) {
      return super.findClass(name); // as if nobody listened
    }
  }

  /** Where the class comes from; its package is defined as its jar says. */
  private CodeSource source(String name, URL place, URLConnection way) throws IOException {
    URL source = place;
    if (way instanceof JarURLConnection jar) {
      source = jar.getJarFileURL();
      String packageName = name.substring(0, name.lastIndexOf('.'));
      if (getDefinedPackage(packageName) == null && jar.getManifest() != null) {
        definePackage(packageName, jar.getManifest(), source);
      }
    }
    return new CodeSource(source, (CodeSigner[]) null);
  }
}
