package reprise.ledger;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Follows a journal while it grows, whole lines only. For one thread. */
final class JournalReader implements Closeable {
  private static final int CHUNK = 1 << 20;

  /** Bytes; more are not given at once unless it is one line. Journals grow larger than memory. */
  private static final int MOST_AT_ONCE = 16 << 20;

  private final RandomAccessFile file;
  private byte[] held = new byte[CHUNK];
  private int filled;
  private long position;

  JournalReader(Path file) throws IOException {
    this.file = new RandomAccessFile(file.toFile(), "r");
  }

  /**
   * Up to {@code most} lines that have not been given yet, fewer if they are long; none if there
   * are no new ones.
   */
  List<String> next(int most) throws IOException {
    List<String> lines = new ArrayList<>();
    long before = position;
    int from = 0;
    while (lines.size() < most && position - before < MOST_AT_ONCE) {
      int lineEnd = indexOfLineEnd(from);
      if (lineEnd < 0) {
        shift(from);
        from = 0;
        if (!fill()) {
          break;
        }
      } else {
        lines.add(new String(held, from, lineEnd - from, StandardCharsets.UTF_8));
        position += lineEnd + 1 - from;
        from = lineEnd + 1;
      }
    }
    shift(from);
    return lines;
  }

  /** Where in the file the first line begins that was not given yet, in bytes. */
  long position() {
    return position;
  }

  private int indexOfLineEnd(int from) {
    for (int i = from; i < filled; i++) {
      if (held[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private void shift(int from) {
    System.arraycopy(held, from, held, 0, filled - from);
    filled -= from;
  }

  private boolean fill() throws IOException {
    if (filled == held.length) {
      held = java.util.Arrays.copyOf(held, held.length * 2);
    }
    int n = file.read(held, filled, held.length - filled);
    if (n > 0) {
      filled += n;
    }
    return n > 0;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
