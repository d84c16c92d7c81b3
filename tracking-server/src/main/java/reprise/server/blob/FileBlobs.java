package reprise.server.blob;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import reprise.ledger.Digest;

/** Blobs as files under {@code root}, spread over 256 folders by the first two digits. */
final class FileBlobs implements Blobs {
  private static final long LITTLE = 1 << 20;

  private final Path root;

  private FileBlobs(Path root) {
    this.root = root;
  }

  static FileBlobs in(Path root) throws IOException {
    FileBlobs blobs = new FileBlobs(root);
    Files.createDirectories(blobs.drafts());
    blobs.clearDrafts();
    return blobs;
  }

  @Override
  public void keep(Digest digest, long size, InputStream bytes) throws IOException {
    if (size > root.toFile().getUsableSpace()) {
      throw new NoRoom(root);
    }
    Path draft = Files.createTempFile(drafts(), "blob", null);
    try {
      Digest actual = written(bytes, draft);
      if (!actual.equals(digest)) {
        throw new WrongBytes(digest, actual);
      }
      Path home = home(digest);
      Files.createDirectories(home.getParent());
      Files.move(draft, home, StandardCopyOption.ATOMIC_MOVE); // readers see all of it or nothing
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private Digest written(InputStream bytes, Path draft) throws IOException {
    try (FileChannel file = FileChannel.open(draft, StandardOpenOption.WRITE);
        OutputStream out = Channels.newOutputStream(file)) {
      Digest digest = Digest.copying(bytes, out);
      file.force(true); // whoever is told that they are kept may delete its own
      return digest;
    } catch (IOException e) {
      if (root.toFile().getUsableSpace() < LITTLE) {
        throw new NoRoom(root);
      }
      throw e;
    }
  }

  @Override
  public boolean has(Digest digest) {
    return Files.exists(home(digest));
  }

  @Override
  public Optional<Blob> find(Digest digest) throws IOException {
    try {
      Path home = home(digest);
      return Optional.of(new Blob(Files.size(home), Files.newInputStream(home)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** What a server that was killed left half written. */
  private void clearDrafts() throws IOException {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(drafts())) {
      for (Path draft : left) {
        Files.delete(draft);
      }
    }
  }

  private Path drafts() {
    return root.resolve("drafts");
  }

  private Path home(Digest digest) {
    return root.resolve(digest.hex().substring(0, 2)).resolve(digest.hex());
  }
}
