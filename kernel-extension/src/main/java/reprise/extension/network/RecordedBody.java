package reprise.extension.network;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The recorded body of a reply, which ends as it did. */
final class RecordedBody extends FilterInputStream {
  private final @Nullable IOException end;

  /**
   * @param end thrown to whoever reads on behind the last byte; null if there was an end
   */
  RecordedBody(InputStream in, @Nullable IOException end) {
    super(in);
    this.end = end;
  }

  @Override
  public int read() throws IOException {
    int one = super.read();
    check(one);
    return one;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count = super.read(bytes, offset, length);
    check(count);
    return count;
  }

  private void check(int read) throws IOException {
    if (read < 0 && end != null) {
      throw end;
    }
  }
}
