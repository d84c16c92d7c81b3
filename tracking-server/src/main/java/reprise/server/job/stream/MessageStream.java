package reprise.server.job.stream;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** A stream that is being read, by one thread. After a failure it is closed, and opened anew. */
public interface MessageStream extends Closeable {
  /**
   * What comes next, in order; waits for it at most this long. What was taken over from a reader
   * that died may have been given to it before.
   *
   * @throws IOException if the server does not answer
   */
  List<Message> next(Duration longest) throws IOException;

  /** Has what was given last not come again, for what follows from it is safe. */
  void confirm() throws IOException;

  @Override
  void close();
}
