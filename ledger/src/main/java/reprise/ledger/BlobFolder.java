package reprise.ledger;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;

/**
 * Bytes by their digest, as files spread over 256 folders by the first two digits. What is in stays
 * in and never changes. Any number of threads and processes may keep the same bytes at once.
 */
public record BlobFolder(Path root) {
  /** Bytes came that are not those that were announced, so they were not kept. */
  public static final class WrongDigest extends IOException {
    private static final long serialVersionUID = 1L;

    WrongDigest(Digest announced, Digest came) {
      super("announced as " + announced + ", but the bytes that came are " + came);
    }
  }

  /** Keeps what {@code in} gives and returns its name; keeping twice is the same as once. */
  public Digest keep(InputStream in) throws IOException {
    Path draft = draft();
    try {
      Digest digest = write(in, draft);
      place(draft, digest);
      return digest;
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /**
   * Keeps what {@code in} gives if it is what it should be.
   *
   * @throws WrongDigest if it is not; then nothing was kept
   */
  public void keep(Digest announced, InputStream in) throws IOException {
    Path draft = draft();
    try {
      Digest came = write(in, draft);
      if (!came.equals(announced)) {
        throw new WrongDigest(announced, came);
      }
      place(draft, announced);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /** The file that holds these bytes, or empty if they are not here. Not to be written to. */
  public Optional<Path> find(Digest digest) {
    Path home = home(digest);
    return Files.isRegularFile(home) ? Optional.of(home) : Optional.empty();
  }

  public void drop(Digest digest) throws IOException {
    Files.deleteIfExists(home(digest));
  }

  private Path draft() throws IOException {
    Files.createDirectories(root);
    return Files.createTempFile(root, "draft-", "");
  }

  /** Not by a channel, which closes when the thread of a cell that is being stopped writes. */
  private static Digest write(InputStream in, Path draft) throws IOException {
    try (FileOutputStream out = new FileOutputStream(draft.toFile())) {
      Digest digest = Digest.copying(in, out);
      out.getFD().sync(); // the name must never stand before the bytes after a power cut
      return digest;
    }
  }

  private void place(Path draft, Digest digest) throws IOException {
    Path home = home(digest);
    if (Files.notExists(home)) {
      Files.createDirectories(home.getParent());
      Files.move(draft, home, StandardCopyOption.ATOMIC_MOVE);
    } else {
      Files.setLastModifiedTime(home, FileTime.from(Instant.now())); // who cleans sees it is wanted
    }
  }

  private Path home(Digest digest) {
    return root.resolve(digest.hex().substring(0, 2)).resolve(digest.hex());
  }
}
