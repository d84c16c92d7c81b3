package reprise.extension.network;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** The body of a request as the program writes it. */
final class WrittenBody extends FilterOutputStream {
  private final Exchange exchange;

  WrittenBody(OutputStream out, Exchange exchange) {
    super(out);
    this.exchange = exchange;
  }

  @Override
  public void write(int one) throws IOException {
    out.write(one);
    exchange.sent(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
    exchange.sent(bytes, offset, length);
  }

  @Override
  public void close() throws IOException {
    out.close(); // which flushes itself, or may not be flushed
  }
}
