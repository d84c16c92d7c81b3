package reprise.extension.cell;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.jspecify.annotations.Nullable;
import reprise.Reprise;

/**
 * What the compiler sees: the notebook's own jars, and of ours the notebook API only. JShell by
 * itself would show it everything on the kernel's class path.
 */
final class ClassPath extends ForwardingJavaFileManager<StandardJavaFileManager>
    implements StandardJavaFileManager {
  private static final long LONGEST_CALM_SECONDS = 3;

  private final Set<Path> jars = new LinkedHashSet<>();
  private final CountDownLatch calm = new CountDownLatch(1);
  private @Nullable StandardJavaFileManager api;

  ClassPath(StandardJavaFileManager files) {
    super(files);
    lay();
  }

  boolean add(Path jar) {
    boolean fresh = jars.add(jar);
    lay();
    return fresh;
  }

  List<Path> jars() {
    return List.copyOf(jars);
  }

  private void lay() {
    try {
      fileManager.setLocationFromPaths(StandardLocation.CLASS_PATH, jars);
    } catch (IOException e) {
      throw new IllegalStateException("the class path does not take " + jars, e);
    }
  }

  /** JShell adds to the kernel's class path; the notebook's is kept by {@link #add}. */
  @Override
  public boolean handleOption(String option, Iterator<String> rest) {
    if (option.equals("-classpath")) {
      rest.next();
      return true;
    }
    return super.handleOption(option, rest);
  }

  @Override
  public Iterable<JavaFileObject> list(
      Location location, String packageName, Set<JavaFileObject.Kind> kinds, boolean recurse)
      throws IOException {
    Iterable<JavaFileObject> own = super.list(location, packageName, kinds, recurse);
    if (location != StandardLocation.CLASS_PATH || !Gate.opens(packageName)) {
      return own;
    }
    List<JavaFileObject> both = new ArrayList<>();
    own.forEach(both::add);
    api().list(location, packageName, kinds, false).forEach(both::add);
    return both;
  }

  @Override
  public String inferBinaryName(Location location, JavaFileObject file) {
    String name = super.inferBinaryName(location, file);
    return name == null && location == StandardLocation.CLASS_PATH
        ? api().inferBinaryName(location, file)
        : name;
  }

  private StandardJavaFileManager api() {
    StandardJavaFileManager present = api;
    if (present == null) {
      present = ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, null, null);
      try {
        present.setLocationFromPaths(
            StandardLocation.CLASS_PATH, List.of(home(BaseKernel.class), home(Reprise.class)));
      } catch (IOException e) {
        throw new IllegalStateException("the notebook API cannot be read; install it again", e);
      }
      api = present;
    }
    return present;
  }

  private static Path home(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("no path leads to " + type, e);
    }
  }

  @Override
  public boolean isSameFile(FileObject a, FileObject b) {
    return a.equals(b);
  }

  @Override
  public Iterable<? extends JavaFileObject> getJavaFileObjectsFromFiles(
      Iterable<? extends File> files) {
    return fileManager.getJavaFileObjectsFromFiles(files);
  }

  @Override
  public Iterable<? extends JavaFileObject> getJavaFileObjects(File... files) {
    return fileManager.getJavaFileObjects(files);
  }

  @Override
  public Iterable<? extends JavaFileObject> getJavaFileObjectsFromStrings(Iterable<String> names) {
    return fileManager.getJavaFileObjectsFromStrings(names);
  }

  @Override
  public Iterable<? extends JavaFileObject> getJavaFileObjects(String... names) {
    return fileManager.getJavaFileObjects(names);
  }

  @Override
  public void setLocation(Location location, Iterable<? extends File> files) throws IOException {
    fileManager.setLocation(location, files);
  }

  @Override
  public void setLocationFromPaths(Location location, Collection<? extends Path> paths)
      throws IOException {
    fileManager.setLocationFromPaths(location, paths);
  }

  @Override
  public Iterable<? extends File> getLocation(Location location) {
    return fileManager.getLocation(location);
  }

  @Override
  public Iterable<? extends Path> getLocationAsPaths(Location location) {
    if (location == StandardLocation.PLATFORM_CLASS_PATH) {
      awaitCalm();
    }
    return fileManager.getLocationAsPaths(location);
  }

  /**
   * JShell asks for the JDK's classes on a thread of its own, to walk through them all and have an
   * index of names when the person wants completion. The first cell needs the processors more.
   */
  private void awaitCalm() {
    try {
      calm.await(LONGEST_CALM_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Says that nobody waits for the first cell any longer. */
  void calm() {
    calm.countDown();
  }
}
