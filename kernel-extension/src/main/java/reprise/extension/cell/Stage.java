package reprise.extension.cell;

import com.fasterxml.jackson.databind.node.TextNode;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Output;

/**
 * The one door through which everything goes that cells show: the listener hears of it first, then
 * the person sees it. Text is gathered for a moment, so that a loop that prints characters does not
 * become a flood of messages.
 */
public final class Stage {
  private static final int FULL = 1 << 16;
  private static final long GATHER_MILLIS = 20;

  private final CellListener listener;
  private final FrontEnd front;
  private final byte[] text = new byte[FULL];
  private final Thread curtain = new Thread(this::flushNowAndThen, "stage");

  private int length;
  private String name = "stdout";

  public Stage(CellListener listener, FrontEnd front) {
    this.listener = listener;
    this.front = front;
    curtain.setDaemon(true);
    curtain.start();
  }

  /** A stream whose text appears on stage under the name {@code stdout} or {@code stderr}. */
  public PrintStream stream(String streamName) {
    return new PrintStream(new Lines(streamName), false, StandardCharsets.UTF_8);
  }

  /** Shows {@code output} after all text that was written before it. */
  public synchronized void show(Output output) {
    flush();
    present(output);
  }

  /** Shows the text gathered so far; half a character waits for its other half. */
  public synchronized void flush() {
    int whole = wholeCharacters();
    if (whole == 0) {
      return;
    }
    String shown = new String(text, 0, whole, StandardCharsets.UTF_8);
    System.arraycopy(text, whole, text, 0, length - whole);
    length -= whole;
    present(new Output.Stream(name, shown));
  }

  /** Asks the person for a line, after all text written before. */
  public @Nullable String read(String prompt, boolean password) throws InterruptedException {
    flush();
    String line = front.read(prompt, password);
    if (line != null) {
      listener.read(prompt, password ? null : line);
    }
    return line;
  }

  /**
   * Shows the person how far something has come. It is no output, since it depends on what happens
   * to be in a cache: the listener does not hear of it.
   */
  public synchronized void progress(String line) {
    flush();
    front.show(new Output.Stream("stderr", line + "\n"));
  }

  /** Tells the person something about the session. It is no output: the listener hears nothing. */
  public synchronized void aside(String message) {
    flush();
    front.show(new Output.Display(Map.of("text/plain", TextNode.valueOf(message)), Map.of(), null));
  }

  private void present(Output output) {
    listener.showed(output);
    front.show(output);
  }

  private synchronized void write(String streamName, byte[] bytes, int from, int count) {
    if (!streamName.equals(name)) {
      flush();
      length = 0;
      name = streamName;
    }
    int done = 0;
    while (done < count) {
      int piece = Math.min(count - done, FULL - length);
      System.arraycopy(bytes, from + done, text, length, piece);
      length += piece;
      done += piece;
      if (length == FULL) {
        flush();
      }
    }
    notifyAll();
  }

  /** How many of the gathered bytes are complete characters. */
  private int wholeCharacters() {
    int start = length - 1;
    while (start >= 0 && start > length - 4 && (text[start] & 0xC0) == 0x80) {
      start--;
    }
    if (start < 0) {
      return length;
    }
    int lead = text[start] & 0xFF;
    int needed = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    return length - start < needed ? start : length;
  }

  private void flushNowAndThen() {
    try {
      while (true) {
        awaitText();
        Thread.sleep(GATHER_MILLIS);
        flushIfThereIsMemory();
      }
    } catch (InterruptedException e) {
      flush();
    }
  }

  /** A cell may use up the heap; this thread is needed after it too. */
  private void flushIfThereIsMemory() {
    try {
      flush();
    } catch (OutOfMemoryError e) {
      // comes with the next text, or when the cell ends
    }
  }

  private synchronized void awaitText() throws InterruptedException {
    while (wholeCharacters() == 0) {
      wait();
    }
  }

  private final class Lines extends OutputStream {
    private final String streamName;

    Lines(String streamName) {
      this.streamName = streamName;
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) {
      Stage.this.write(streamName, bytes, from, count);
    }
  }
}
