package reprise.server.job;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import reprise.ledger.AttemptOrder;

/** Where attempts are carried out. */
interface Engine {

  /**
   * Has an attempt carried out whose order stands in {@code folder}, or takes one up again that a
   * former server had begun there and that is still at work.
   *
   * @param directions what tells the reproducer where this server is
   * @throws Away if it cannot be known now whether it can be begun; the message says who is away
   */
  Work start(AttemptOrder order, Path folder, Map<String, String> directions) throws IOException;

  /** Nobody answers there at present; that is no fault of the attempt's, and may be asked again. */
  final class Away extends IOException {
    private static final long serialVersionUID = 1L;

    Away(String sentence) {
      super(sentence);
    }
  }

  /** How an attempt can end. */
  enum End {
    BY_ITSELF,
    /** By somebody else, or with its machine; another try may do better. */
    KILLED,
    OUT_OF_TIME,
    OUT_OF_MEMORY
  }

  /** An attempt under way. */
  interface Work {
    /** Waits for its end at most so long; returns whether it has come. */
    boolean await(Duration patience) throws InterruptedException, IOException;

    /** Ends it with all that it has started; returns soon, and may be called at any time. */
    void stop();

    /** Ends it if it cannot go on without this server. */
    void leave();

    /** How it ended, whatever its result says; asked when it has ended. */
    End end() throws IOException;

    /** What it said last, in one sentence; empty if it said nothing. */
    String lastWords() throws IOException;
  }
}
