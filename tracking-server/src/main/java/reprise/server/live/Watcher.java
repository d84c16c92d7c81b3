package reprise.server.live;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reprise.ledger.RunId;

/** Somebody who watches, and what he has not been given yet. */
final class Watcher {
  private static final int MOST_CHARACTERS = 16 << 20;

  private final @Nullable RunId run;
  private final BlockingQueue<String> waiting = new LinkedBlockingQueue<>();
  private final AtomicInteger characters = new AtomicInteger();
  private volatile boolean dismissed;

  Watcher(@Nullable RunId run) {
    this.run = run;
  }

  /** News about no run in particular concern everyone. */
  boolean wantsToKnow(List<RunId> about) {
    return run == null || about.isEmpty() || about.contains(run);
  }

  /** Takes a message for later; one who has too much waiting is dismissed and may come again. */
  void hear(String message) {
    if (dismissed) {
      return;
    }
    if (characters.addAndGet(message.length()) > MOST_CHARACTERS) {
      dismiss();
    } else {
      waiting.add(message);
    }
  }

  void dismiss() {
    dismissed = true;
    waiting.clear();
    waiting.add(""); // wakes the one who waits
  }

  boolean isDismissed() {
    return dismissed;
  }

  /** The next message, or empty if none came for so long. */
  Optional<String> next(Duration patience) throws InterruptedException {
    Optional<String> next =
        Optional.ofNullable(waiting.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
    next.ifPresent(message -> characters.addAndGet(-message.length()));
    return next;
  }
}
