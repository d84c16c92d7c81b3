package reprise.extension.capture;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The jars that this JVM was started with: the kernel's, so no data. Those of our own kernel are
 * not the notebook's class path either.
 */
public final class OurJars {
  private OurJars() {}

  /** Absolute paths of jars and folders. */
  public static List<Path> now() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .filter(entry -> !entry.isEmpty())
        .map(entry -> Path.of(entry).toAbsolutePath())
        .toList();
  }
}
