package reprise.server.live;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reprise.ledger.RunId;

/** Somebody who watches, and what he has not been given yet. */
final class Watcher {
  private static final int PATIENCE = 10_000;

  private final @Nullable RunId run;
  private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(PATIENCE);
  private volatile boolean dismissed;

  Watcher(@Nullable RunId run) {
    this.run = run;
  }

  /** News about no run in particular concern everyone. */
  boolean wantsToKnow(List<RunId> about) {
    return run == null || about.isEmpty() || about.contains(run);
  }

  /** Takes a message for later; one who has too many waiting is dismissed and may come again. */
  void hear(String message) {
    if (!waiting.offer(message)) {
      dismiss();
    }
  }

  void dismiss() {
    dismissed = true;
    waiting.clear();
    hearNothing();
  }

  /** Wakes the one who waits; if there is no room for that, it has enough to wake up for. */
  @SuppressWarnings("ReturnValueIgnored")
  private void hearNothing() {
    waiting.offer("");
  }

  boolean isDismissed() {
    return dismissed;
  }

  /** The next message, or empty if none came for so long. */
  Optional<String> next(Duration patience) throws InterruptedException {
    return Optional.ofNullable(waiting.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
  }
}
