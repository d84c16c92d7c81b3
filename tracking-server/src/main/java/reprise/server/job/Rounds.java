package reprise.server.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that keep jobs going: each looks at its own matter again and again, whatever befell
 * it the time before. The guardian hears of each look, and notices when one stays away.
 */
final class Rounds {
  private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

  private final Guardian guardian;
  private final CountDownLatch end = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();

  Rounds(Guardian guardian) {
    this.guardian = guardian;
  }

  /** Does it once, in a thread of its own; what may be long asks {@link #areOver} meanwhile. */
  void begin(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
    threads.add(thread);
  }

  /** Looks until the end, with so long a pause after each look. */
  void repeat(String name, Duration pause, Runnable look) {
    begin(name, () -> keepLooking(name, pause, look));
  }

  private void keepLooking(String name, Duration pause, Runnable look) {
    try {
      boolean ailing = false;
      do {
        guardian.alive(name);
        boolean well = looked(name, look, ailing);
        if (well && ailing) {
          LOG.info("{} works again", name);
        }
        ailing = !well;
      } while (!end.await(pause.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What fails for an hour is said once. */
  private static boolean looked(String name, Runnable look, boolean ailing) {
    try {
      look.run();
      return true;
    } catch (RuntimeException e) {
      if (!ailing) {
        LOG.warn("{} goes on", name, e);
      }
      return false;
    }
  }

  boolean areOver() {
    return end.getCount() == 0;
  }

  /** Each ends after the look that it is at. */
  void end() {
    end.countDown();
  }

  void join() throws InterruptedException {
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
