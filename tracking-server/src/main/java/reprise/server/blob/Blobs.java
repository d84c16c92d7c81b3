package reprise.server.blob;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import reprise.ledger.BlobFolder;
import reprise.ledger.Digest;

/** The blobs of the server: a folder of them, and answers for those who send what does not fit. */
final class Blobs {
  private static final long LITTLE = 1 << 20;

  private final BlobFolder folder;

  private Blobs(BlobFolder folder) {
    this.folder = folder;
  }

  /** Blobs in {@code root}, which is made if it is missing. */
  static Blobs in(Path root) throws IOException {
    Files.createDirectories(root);
    clearDrafts(root);
    return new Blobs(new BlobFolder(root));
  }

  /** What a server that was killed left half written. */
  private static void clearDrafts(Path root) throws IOException {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(root, "draft-*")) {
      for (Path draft : left) {
        Files.delete(draft);
      }
    }
  }

  /**
   * Looks whether there is room before the first byte comes.
   *
   * @param size how many are announced; negative if nobody knows
   */
  void expect(long size) throws NoRoom {
    if (size > usable()) {
      throw new NoRoom(folder.root());
    }
  }

  /**
   * Keeps {@code bytes} under the digest that they are said to have.
   *
   * @throws WrongBytes if their digest is another one; nothing is kept then
   * @throws NoRoom if there is not enough space; nothing is kept then
   */
  void keep(Digest digest, InputStream bytes) throws IOException {
    try {
      folder.keep(digest, bytes);
    } catch (BlobFolder.WrongDigest e) {
      throw new WrongBytes(e);
    } catch (IOException e) {
      if (usable() < LITTLE) {
        throw new NoRoom(folder.root());
      }
      throw e;
    }
  }

  private long usable() {
    return folder.root().toFile().getUsableSpace();
  }

  Optional<Path> find(Digest digest) {
    return folder.find(digest);
  }

  boolean has(Digest digest) {
    return find(digest).isPresent();
  }
}
