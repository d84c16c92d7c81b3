package reprise.extension.network;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import reprise.ledger.BlobFolder;
import reprise.ledger.Digest;

/**
 * The body of a reply as it comes: counted, hashed and, as long as it may be kept, put aside. A
 * large one waits in a file; not through a channel, which an interrupt would close.
 */
final class ReplyBytes {
  private static final int LARGE = 1 << 20;

  private final BlobFolder blobs;
  private final Room room;
  private final RunningDigest digest = new RunningDigest();
  private @Nullable ByteArrayOutputStream memory = new ByteArrayOutputStream();
  private @Nullable Path file;
  private @Nullable OutputStream out = memory;
  private @Nullable String trouble;
  private @Nullable Digest kept;
  private long size;

  ReplyBytes(BlobFolder blobs, Room room) {
    this.blobs = blobs;
    this.room = room;
  }

  void add(byte[] bytes, int from, int count) {
    digest.add(bytes, from, count);
    size += count;
    OutputStream aside = out;
    if (aside == null) {
      return;
    }
    try {
      if (room.refusal(size) != null) {
        drop();
      } else {
        aside.write(bytes, from, count);
        moveIfLarge();
      }
    } catch (IOException e) {
      drop();
      trouble = "only its digest is kept: " + e.getMessage();
    }
  }

  private void moveIfLarge() throws IOException {
    ByteArrayOutputStream small = memory;
    if (small != null && size > LARGE) {
      Files.createDirectories(blobs.root());
      Path place = Files.createTempFile(blobs.root(), "reply-", "");
      file = place;
      OutputStream there = new FileOutputStream(place.toFile());
      out = there;
      memory = null;
      small.writeTo(there);
    }
  }

  long size() {
    return size;
  }

  Digest digest() {
    return digest.now();
  }

  /**
   * Keeps what has come so far.
   *
   * @return why it is not kept, in words for a person; null if it is
   */
  @Nullable String keep(Digest now) {
    if (now.equals(kept)) {
      return null;
    }
    String refusal = trouble == null ? room.refusal(size, now) : trouble;
    if (refusal != null || out == null) {
      return refusal == null ? "only its digest is kept" : refusal;
    }
    try (InputStream in = read()) {
      if (blobs.find(now).isEmpty()) {
        blobs.keep(now, in);
      }
      kept = now;
      return null;
    } catch (IOException e) {
      return "only its digest is kept: " + e.getMessage();
    }
  }

  private InputStream read() throws IOException {
    ByteArrayOutputStream small = memory;
    Path large = file;
    if (small != null) {
      return new ByteArrayInputStream(small.toByteArray());
    }
    if (large == null) {
      throw new IOException("nothing was put aside");
    }
    return new FileInputStream(large.toFile());
  }

  /** Lets go of what was put aside. */
  void drop() {
    try {
      if (out != null) {
        out.close();
      }
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // a file too many, which says by its name what it is
    }
    memory = null;
    file = null;
    out = null;
  }
}
