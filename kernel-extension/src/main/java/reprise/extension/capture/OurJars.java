package reprise.extension.capture;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The jars that this JVM was started with: ours, so neither data nor the notebook's class path. */
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
