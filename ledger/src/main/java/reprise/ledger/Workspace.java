package reprise.ledger;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * The folder in which a replay finds and leaves its files. Every path of the recording machine has
 * its place under {@code files}, so a replay never meets the real one.
 */
public record Workspace(Path root) {
  public Workspace {
    root = root.toAbsolutePath().normalize();
  }

  /** Bytes that may be needed, by digest. */
  public BlobFolder inputs() {
    return new BlobFolder(root.resolve("inputs"));
  }

  /** Jars that no local Maven repository has as they were. */
  public Path jars() {
    return root.resolve("jars");
  }

  /** What the replay gets as {@code java.io.tmpdir}. */
  public Path temporary() {
    return root.resolve("tmp");
  }

  /** Where {@code recorded}, an absolute path of the recording machine, lies in this workspace. */
  public Path place(Path recorded) {
    Path normal = recorded.normalize();
    Path fromRoot = normal.subpath(0, normal.getNameCount());
    return root.resolve("files").resolve(fromRoot);
  }

  /** What the recording machine would call {@code place}; a path outside stays as it is. */
  public Path recorded(Path place) {
    Path files = root.resolve("files");
    return place.startsWith(files) ? Path.of("/").resolve(files.relativize(place)) : place;
  }

  /**
   * Makes the path as it must be; one that is so already is not touched.
   *
   * @throws NoSuchFileException if its bytes are not among the {@link #inputs}
   */
  public void restore(Pipeline.Need need) throws IOException {
    Path place = place(Path.of(need.path()));
    switch (need.kind()) {
      case FILE -> restoreBytes(need, place);
      case SIZED -> restoreSize(need.size(), place);
      case FOLDER, LISTING -> restoreFolder(place);
      case ABSENT -> remove(place);
    }
  }

  private void restoreBytes(Pipeline.Need need, Path place) throws IOException {
    Digest digest = need.digest();
    if (digest == null) {
      throw new NoSuchFileException(need.path());
    }
    if (Files.isRegularFile(place) && Digest.of(place).equals(digest)) {
      return;
    }
    Path bytes = inputs().find(digest).orElseThrow(() -> new NoSuchFileException(need.path()));
    makeRoom(place);
    Files.copy(bytes, place);
  }

  private void restoreSize(long size, Path place) throws IOException {
    boolean isSo =
        size == Pipeline.Need.ANY_SIZE
            ? Files.exists(place)
            : Files.isRegularFile(place) && Files.size(place) == size;
    if (!isSo) {
      makeRoom(place);
      try (RandomAccessFile file = new RandomAccessFile(place.toFile(), "rw")) {
        file.setLength(Math.max(0, size)); // takes no room on the disk
      }
    }
  }

  private void restoreFolder(Path place) throws IOException {
    if (!Files.isDirectory(place)) {
      makeRoom(place);
      Files.createDirectories(place);
    }
  }

  /** Of a name in a listing nobody may have known that it was a folder's. */
  private void makeRoom(Path place) throws IOException {
    remove(place);
    for (Path folder = place.getParent();
        folder != null && !folder.equals(root);
        folder = folder.getParent()) {
      if (Files.isRegularFile(folder)) {
        Files.delete(folder);
      }
    }
    Files.createDirectories(place.resolveSibling(""));
  }

  private static void remove(Path place) throws IOException {
    if (Files.notExists(place, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> all = Files.walk(place)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
