package reprise.extension.capture;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import reprise.extension.agent.FileState;
import reprise.ledger.BlobFolder;
import reprise.ledger.Digest;

/** Digests of files, computed once for as long as a file does not change. */
final class FileDigests {
  /** A file was written to while it was read, so no digest says what the cell saw. */
  static final class Restless extends IOException {
    private static final long serialVersionUID = 1L;

    Restless() {
      super("it changed while it was read");
    }
  }

  private static final int ATTEMPTS = 3;

  private record Known(FileState state, Digest digest) {}

  private final Map<Path, Known> known = new ConcurrentHashMap<>();
  private final BlobFolder blobs;

  FileDigests(BlobFolder blobs) {
    this.blobs = blobs;
  }

  /** The digest of a file in this state, if it was computed before; null if not. */
  @Nullable Digest known(Path file, FileState state) {
    Known before = known.get(file);
    return before != null && before.state().equals(state) ? before.digest() : null;
  }

  /** Reads the file unless its digest is known. */
  Digest digest(Path file) throws IOException {
    return settled(file, () -> Digest.of(file));
  }

  /** Returns when the bytes that the file holds now are safe, whatever becomes of the file. */
  Digest keep(Path file) throws IOException {
    Digest there = known(file, FileState.of(file));
    if (there != null && blobs.find(there).isPresent()) {
      return there;
    }
    known.remove(file);
    return settled(file, () -> kept(file));
  }

  Digest keep(byte[] bytes) throws IOException {
    Digest digest = Digest.of(bytes);
    if (blobs.find(digest).isEmpty()) {
      blobs.keep(digest, new ByteArrayInputStream(bytes));
    }
    return digest;
  }

  private Digest kept(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      return blobs.keep(in);
    }
  }

  /** Reads all of a file. */
  private interface Reading {
    Digest digest() throws IOException;
  }

  /** Only what did not change while it was read is the digest of anything. */
  private Digest settled(Path file, Reading reading) throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      FileState before = FileState.of(file);
      Digest there = known(file, before);
      if (there != null) {
        return there;
      }
      Digest digest = reading.digest();
      if (FileState.of(file).equals(before)) {
        known.put(file, new Known(before, digest));
        return digest;
      }
    }
    throw new Restless();
  }
}
