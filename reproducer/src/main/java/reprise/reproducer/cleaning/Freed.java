package reprise.reproducer.cleaning;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What was removed of one kind, or would be.
 *
 * @param kind e.g. {@code workspaces}
 */
public record Freed(String kind, int count, long bytes) {
  static Freed none(String kind) {
    return new Freed(kind, 0, 0);
  }

  /** With one more file or folder, which is removed unless this is only a rehearsal. */
  Freed and(Path path, boolean rehearsal) throws IOException {
    long size = 0;
    for (Path each : deepestFirst(path)) {
      size += size(each);
      if (!rehearsal) {
        Files.deleteIfExists(each);
      }
    }
    return new Freed(kind, count + 1, bytes + size);
  }

  /** Somebody else may be cleaning too. */
  private static List<Path> deepestFirst(Path path) throws IOException {
    try (Stream<Path> all = Files.walk(path)) {
      return all.sorted(Comparator.reverseOrder()).toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static long size(Path path) throws IOException {
    try {
      return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) ? Files.size(path) : 0;
    } catch (NoSuchFileException e) {
      return 0;
    }
  }
}
