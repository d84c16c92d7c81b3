package reprise.extension.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;
import reprise.extension.cell.Stage;

/** {@code System.in} of cells: asks the person for a line whenever it has none left. */
final class Keyboard extends InputStream {
  private final Stage stage;
  private byte[] line = {};
  private int next;

  Keyboard(Stage stage) {
    this.stage = stage;
  }

  @Override
  public synchronized int read() throws IOException {
    return ask() ? line[next++] & 0xFF : -1;
  }

  @Override
  public synchronized int read(byte[] into, int from, int count) throws IOException {
    if (count == 0) {
      return 0;
    }
    if (!ask()) {
      return -1;
    }
    int copied = Math.min(count, line.length - next);
    System.arraycopy(line, next, into, from, copied);
    next += copied;
    return copied;
  }

  @Override
  public synchronized int available() {
    return line.length - next;
  }

  private boolean ask() throws IOException {
    if (next < line.length) {
      return true;
    }
    String typed = typed();
    if (typed == null) {
      return false;
    }
    line = (typed + "\n").getBytes(Charset.defaultCharset());
    next = 0;
    return true;
  }

  private @Nullable String typed() throws IOException {
    try {
      return stage.read("", false);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for a line");
    }
  }
}
