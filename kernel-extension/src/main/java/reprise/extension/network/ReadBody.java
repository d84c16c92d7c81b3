package reprise.extension.network;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The body of a reply as the program reads it: what it gets, the record gets too. */
final class ReadBody extends FilterInputStream {
  private final Exchange exchange;
  private long position;
  private long furthest;
  private long marked;

  ReadBody(InputStream in, Exchange exchange) {
    super(in);
    this.exchange = exchange;
  }

  boolean reads(InputStream stream) {
    return in == stream;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    int count = read(one, 0, 1);
    return count < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count;
    try {
      count = in.read(bytes, offset, length);
    } catch (IOException e) {
      exchange.failed(e);
      throw e;
    }
    if (count < 0) {
      exchange.ended();
    } else {
      position += count;
      int fresh = (int) Math.min(count, Math.max(0, position - furthest));
      furthest = Math.max(furthest, position);
      exchange.read(bytes, offset + count - fresh, fresh);
    }
    return count;
  }

  /** What is passed over is part of the reply too. */
  @Override
  public long skip(long count) throws IOException {
    byte[] chunk = new byte[(int) Math.min(Math.max(count, 1), 1 << 13)];
    long left = count;
    while (left > 0) {
      int read = read(chunk, 0, (int) Math.min(chunk.length, left));
      if (read < 0) {
        break;
      }
      left -= read;
    }
    return count <= 0 ? 0 : count - left;
  }

  @Override
  public synchronized void mark(int limit) {
    super.mark(limit);
    marked = position;
  }

  @Override
  public synchronized void reset() throws IOException {
    super.reset();
    position = marked;
  }

  @Override
  public void close() throws IOException {
    exchange.left();
    super.close();
  }
}
