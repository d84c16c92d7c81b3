package reprise.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

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

  /**
   * Makes the file as it must be; one that is so already is not touched.
   *
   * @throws NoSuchFileException if its bytes are not among the {@link #inputs}
   */
  public void restore(Pipeline.Need need) throws IOException {
    Path place = place(Path.of(need.path()));
    if (Files.isRegularFile(place) && Digest.of(place).equals(need.digest())) {
      return;
    }
    Path bytes =
        inputs().find(need.digest()).orElseThrow(() -> new NoSuchFileException(need.path()));
    Path folder = place.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.copy(bytes, place, StandardCopyOption.REPLACE_EXISTING);
  }
}
