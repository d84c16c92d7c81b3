package reprise.server.job;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reprise.server.job.JobTable.Due;
import reprise.server.job.stream.Message;
import reprise.server.job.stream.MessageStream;

/**
 * Listens to the stream of one trigger, in a thread of its own. A message is confirmed when what
 * follows from it is in the database; after a failure all that was not comes again.
 */
final class StreamListener {
  private static final Logger LOG = LoggerFactory.getLogger(StreamListener.class);
  private static final Duration LONGEST_WAIT = Duration.ofMillis(500);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final Due due;
  private final Opening opening;
  private final Intake intake;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private volatile @Nullable String complaint;

  /** Opens the stream. */
  interface Opening {
    MessageStream open() throws IOException;
  }

  /** Has messages stand in the database. */
  interface Intake {
    /** Returns false if nobody wants them any more. */
    boolean take(List<Message> messages);
  }

  StreamListener(Due due, Opening opening, Intake intake) {
    this.due = due;
    this.opening = opening;
    this.intake = intake;
    this.thread = new Thread(this::listen, "stream of trigger " + due.id());
    thread.setDaemon(true);
    thread.start();
  }

  /** Why it hears nothing at present; null if it does. */
  @Nullable String complaint() {
    return complaint;
  }

  private void listen() {
    Duration pause = FIRST_PAUSE;
    try {
      do {
        try (MessageStream stream = opening.open()) {
          while (closing.getCount() > 0) {
            List<Message> messages = stream.next(LONGEST_WAIT);
            pause = FIRST_PAUSE;
            healed();
            if (!messages.isEmpty()) {
              if (!intake.take(messages)) {
                return;
              }
              stream.confirm();
            }
          }
        } catch (IOException | RuntimeException e) {
          complain(e);
        }
        if (closing.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
        pause = longer(pause);
      } while (true);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
  }

  /** Says it once, however long it lasts. */
  private void complain(Exception e) {
    if (complaint == null) {
      LOG.warn(
          "trigger {} of job {} hears nothing, and goes on trying: {}",
          due.id(),
          due.job(),
          e.getMessage(),
          e instanceof IOException ? null : e);
    }
    complaint = e instanceof IOException ? String.valueOf(e.getMessage()) : e.toString();
  }

  private void healed() {
    if (complaint != null) {
      complaint = null;
      LOG.warn("trigger {} of job {} hears again", due.id(), due.job());
    }
  }

  /** Has it end; {@link #await} waits until it has. */
  void close() {
    closing.countDown();
  }

  void await() {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
