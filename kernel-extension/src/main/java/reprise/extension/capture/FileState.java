package reprise.extension.capture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file as its folder knows it. A file counts as unchanged while this is the same; rewriting the
 * same size within one tick of the file system's clock was tried and moves the change time.
 */
record FileState(long size, Object modified, Object changed, Object inode, int mode) {
  private static final int KIND = 0170000;
  private static final int FILE = 0100000;
  private static final int FOLDER = 0040000;

  static FileState of(Path file) throws IOException {
    Map<String, Object> is =
        Files.readAttributes(file, "unix:size,lastModifiedTime,ctime,ino,mode");
    return new FileState(
        (Long) part(is, "size"),
        part(is, "lastModifiedTime"),
        part(is, "ctime"),
        part(is, "ino"),
        (Integer) part(is, "mode"));
  }

  private static Object part(Map<String, Object> of, String name) {
    return Objects.requireNonNull(of.get(name));
  }

  /** Null if nothing is there, or if it cannot be looked at. */
  static @Nullable FileState ifThere(Path file) {
    try {
      return of(file);
    } catch (IOException e) {
      return null;
    }
  }

  boolean isFile() {
    return (mode & KIND) == FILE;
  }

  boolean isFolder() {
    return (mode & KIND) == FOLDER;
  }
}
