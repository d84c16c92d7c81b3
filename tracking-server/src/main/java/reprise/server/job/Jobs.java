package reprise.server.job;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reprise.ledger.AttemptId;
import reprise.ledger.Job;
import reprise.ledger.JobName;

/** Keeps what jobs promise: looks at the clock, lets queues move, has attempts carried out. */
public final class Jobs implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);
  private static final Duration LOOK = Duration.ofMillis(200);

  /** One look in so many is enough to see which triggers hear streams. */
  private static final int LOOKS_AT_STREAMS = 5;

  private static final Duration LOOK_AT_FOLDERS = Duration.ofSeconds(1);
  private static final Duration LONGEST_BACK_OFF = Duration.ofDays(2);

  private final Jdbi jdbi;
  private final InstantSource clock;
  private final Firings firings;
  private final TriggerClock triggers;
  private final Debounce debounce;
  private final Folders folders;
  private final Streams streams;
  private final Artifacts artifacts;
  private final Path attempts;
  private final @Nullable AttemptWork work;
  private final @Nullable Workers workers;
  private final Consumer<JobName> live;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Glance glance;
  private int looks;
  private final List<Thread> threads = new ArrayList<>();

  /**
   * How jobs are to be carried out here.
   *
   * @param command the reproducer; null if nothing can be carried out here
   * @param name of this process, unlike that of any other
   * @param atOnce how many attempts may be at work here side by side
   * @param folder where attempts and what they make is kept
   * @param environment may hold the addresses of streams
   */
  public record Setup(
      @Nullable String command,
      String name,
      int atOnce,
      Path folder,
      Map<String, String> environment) {}

  /**
   * Starts nothing yet.
   *
   * @param directions what tells the reproducer where this server is
   * @param live hears of each job of which something changed
   */
  public Jobs(
      Jdbi jdbi,
      DataSource database,
      Setup setup,
      Supplier<Map<String, String>> directions,
      InstantSource clock,
      RandomGenerator chance,
      Consumer<JobName> live) {
    this.jdbi = jdbi;
    this.clock = clock;
    this.live = live;
    this.firings = new Firings(clock, chance);
    this.triggers = new TriggerClock(jdbi, firings, clock);
    this.glance = new Glance(jdbi);
    this.debounce = new Debounce(jdbi, firings, clock);
    this.folders = new Folders(jdbi, debounce, clock);
    this.streams =
        new Streams(
            jdbi,
            new StreamMessages(firings, debounce),
            setup.name(),
            setup.environment(),
            chance,
            this::changed);
    this.attempts = setup.folder().resolve("attempts");
    this.artifacts = new Artifacts(jdbi, setup.folder().resolve("jobs"), attempts);
    String command = setup.command();
    if (command == null) {
      this.work = null;
      this.workers = null;
    } else {
      AttemptWork carryOut =
          new AttemptWork(
              jdbi,
              firings,
              new Orders(clock),
              new LocalEngine(command),
              attempts,
              directions,
              new AttemptWork.Outcomes() {
                @Override
                public void changed(JobName job) {
                  live.accept(job);
                  claimWanted();
                }

                @Override
                public void committed(JobName job) {
                  publish(job);
                }
              });
      this.work = carryOut;
      this.workers =
          new Workers(
              database, setup.name(), setup.atOnce(), clock, carryOut::carryOut, carryOut::lost);
    }
  }

  /** Begins, in threads of its own, until {@link #close}. */
  public void start() {
    if (workers != null) {
      workers.start();
    }
    jdbi.useExtension(JobTable.class, table -> table.all().forEach(it -> publish(it.job())));
    keepLooking("job clock", LOOK, () -> look(glance));
    keepLooking("job folders", LOOK_AT_FOLDERS, folders::look); // a disk may be slow
  }

  private void keepLooking(String name, Duration pause, Runnable look) {
    Thread thread = new Thread(() -> keepLooking(pause, look), name);
    thread.setDaemon(true);
    thread.start();
    threads.add(thread);
  }

  private void keepLooking(Duration pause, Runnable look) {
    try {
      do {
        try {
          look.run();
        } catch (RuntimeException e) {
          LOG.warn("{} goes on", Thread.currentThread().getName(), e);
        }
      } while (!closing.await(pause.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look(Glance glance) {
    if (looks++ % LOOKS_AT_STREAMS == 0) {
      streams.follow(glance.streams());
    }
    if (glance.findsWork(clock.instant(), TriggerClock.SET_BACK)) {
      goOn();
    }
  }

  /** Whatever was left half done, by whoever died, is found here and goes on. */
  private void goOn() {
    triggers.tick();
    debounce.tick();
    jdbi.useTransaction(
        handle -> {
          FiringTable table = handle.attach(FiringTable.class);
          Instant now = clock.instant();
          table.callBack(now, now.plus(LONGEST_BACK_OFF));
          for (JobName job : table.queues()) {
            handle.attach(JobTable.class).find(job).ifPresent(it -> firings.advance(handle, it));
          }
        });
    claimWanted();
  }

  private void claimWanted() {
    if (workers != null) {
      for (AttemptId id : jdbi.withExtension(FiringTable.class, it -> it.wanted(clock.instant()))) {
        workers.claim(id);
      }
    }
  }

  private void publish(JobName job) {
    try {
      artifacts.publish(job);
    } catch (IOException e) {
      LOG.warn(
          "what job {} made stands with its attempt, but 'latest' does not lead to it", job, e);
    }
  }

  Jdbi jdbi() {
    return jdbi;
  }

  Firings firings() {
    return firings;
  }

  Debounce debounce() {
    return debounce;
  }

  Streams streams() {
    return streams;
  }

  InstantSource clock() {
    return clock;
  }

  Path folder(AttemptId attempt) {
    return attempts.resolve(attempt.value());
  }

  /** Tells those who watch, and has begin what may by now. */
  void changed(Job job) {
    live.accept(job.job());
    claimWanted();
  }

  /** Ends what is under way; it is tried anew when a server is there again. */
  @Override
  public void close() {
    closing.countDown();
    streams.close();
    if (work != null) {
      work.stopAll();
    }
    if (workers != null) {
      workers.close();
    }
    try {
      for (Thread thread : threads) {
        thread.join();
      }
      glance.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
