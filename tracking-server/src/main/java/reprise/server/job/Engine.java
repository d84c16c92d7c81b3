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
   */
  Work start(AttemptOrder order, Path folder, Map<String, String> directions) throws IOException;

  /** An attempt under way. */
  interface Work {
    /** Waits for its end at most so long; returns whether it has come. */
    boolean await(Duration patience) throws InterruptedException, IOException;

    /** Ends it with all that it has started; returns soon, and may be called at any time. */
    void stop();

    /** Whether it has ended without a chance to say why; asked when it has ended. */
    boolean wasKilled();

    /** What it said last, in one sentence; empty if it said nothing. */
    String lastWords() throws IOException;
  }
}
