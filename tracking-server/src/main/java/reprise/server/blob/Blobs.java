package reprise.server.blob;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import reprise.ledger.Digest;

/** Bytes by their digest. What is in stays in and never changes. */
public interface Blobs {
  /** Blobs as files in {@code folder}, which is made if it is missing. */
  static Blobs in(Path folder) throws IOException {
    return FileBlobs.in(folder);
  }

  /**
   * Keeps {@code bytes} under the digest that they are said to have; keeping them twice is the same
   * as once.
   *
   * @param size how many bytes are announced; negative if nobody knows
   * @throws WrongBytes if their digest is another one; nothing is kept then
   * @throws NoRoom if there is not enough space; nothing is kept then
   */
  void keep(Digest digest, long size, InputStream bytes) throws IOException;

  boolean has(Digest digest);

  /** The blob named {@code digest}, or empty if it was never kept here. */
  Optional<Blob> find(Digest digest) throws IOException;

  /** A blob's bytes from the first on, and how many they are. */
  record Blob(long size, InputStream bytes) {}
}
