package reprise.extension.capture;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import reprise.ledger.BlobFolder;
import reprise.ledger.Digest;

/**
 * Digests of files, computed once for as long as a file does not change. A file counts as unchanged
 * while size, modification time, change time and inode are the same; rewriting the same size within
 * one tick of the file system's clock was tried and moves the change time.
 */
final class FileDigests {
  /** A file as it was when it was hashed. */
  record State(Map<String, Object> attributes) {
    static State of(Path file) throws IOException {
      return new State(Files.readAttributes(file, "unix:size,lastModifiedTime,ctime,ino"));
    }
  }

  private record Known(State state, Digest digest) {}

  private final Map<Path, Known> known = new ConcurrentHashMap<>();
  private final BlobFolder blobs;

  FileDigests(BlobFolder blobs) {
    this.blobs = blobs;
  }

  /** The digest of a file in this state, if it was computed before; null if not. */
  @org.jspecify.annotations.Nullable
  Digest known(Path file, State state) {
    Known before = known.get(file);
    return before != null && before.state().equals(state) ? before.digest() : null;
  }

  /** Reads the file unless its digest is known. */
  Digest digest(Path file) throws IOException {
    State before = State.of(file);
    Digest there = known(file, before);
    if (there != null) {
      return there;
    }
    Digest digest = Digest.of(file);
    remember(file, before, digest);
    return digest;
  }

  /** Returns when the bytes that the file holds now are safe, whatever becomes of the file. */
  Digest keep(Path file) throws IOException {
    State before = State.of(file);
    Digest there = known(file, before);
    if (there != null && blobs.find(there).isPresent()) {
      return there;
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      Digest digest = blobs.keep(in);
      remember(file, before, digest);
      return digest;
    }
  }

  /** Only what did not change while it was read is worth remembering. */
  private void remember(Path file, State before, Digest digest) throws IOException {
    if (State.of(file).equals(before)) {
      known.put(file, new Known(before, digest));
    } else {
      known.remove(file);
    }
  }
}
