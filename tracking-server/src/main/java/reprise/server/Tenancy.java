package reprise.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Home;

/**
 * The right to work on a home, which one server at a time has: a second one would take the first
 * one's unfinished work for the leavings of a dead one.
 */
final class Tenancy implements AutoCloseable {
  private final FileChannel file;

  private Tenancy(FileChannel file) {
    this.file = file;
  }

  /**
   * Takes the home, until {@link #close} or the end of the process.
   *
   * @throws CannotStart if another server has it; the sentence says where that one is
   */
  static Tenancy of(Home home) throws IOException {
    Path path = home.server().resolve("lock");
    FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (lock(file) == null) {
      file.close();
      throw new CannotStart(
          "a server is at work on %s already, at %s; stop it or give another --home"
              .formatted(home.root(), Files.readString(path).strip()));
    }
    file.truncate(0);
    return new Tenancy(file);
  }

  private static @Nullable FileLock lock(FileChannel file) throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // the other one is in this very process
    }
  }

  /** Leaves word where the server can be found. */
  void announce(URI url) throws IOException {
    file.write(ByteBuffer.wrap((url + "\n").getBytes(StandardCharsets.UTF_8)), 0);
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the lock cannot be let go", e);
    }
  }
}
