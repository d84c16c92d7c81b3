package reprise.server.job;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Attempt;
import reprise.ledger.AttemptId;
import reprise.ledger.BlobFolder;
import reprise.ledger.Firing;
import reprise.ledger.Job;
import reprise.ledger.JobName;
import reprise.ledger.Placement;
import reprise.server.db.Database;

/** Keeps what jobs promise: looks at the clock, lets queues move, has attempts carried out. */
public final class Jobs implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(200);

  /** One look in so many is for what has time: which triggers hear streams, who is at work. */
  private static final int LOOKS_AROUND = 5;

  private static final Duration LOOK_AT_FOLDERS = Duration.ofSeconds(1);
  private static final Duration LOOK_AROUND = Duration.ofSeconds(1);
  private static final int WAIT_FOR_A_CLUSTER = 200; // they take no processor here

  private final Jdbi jdbi;
  private final InstantSource clock;
  private final FiringQueue queue;
  private final Firings firings;
  private final TriggerClock triggers;
  private final Debounce debounce;
  private final Folders folders;
  private final Streams streams;
  private final Watch watch;
  private final Drift drift;
  private final Postman postman;
  private final Guardian guardian;
  private final Rounds rounds;
  private final JobGauges gauges;
  private final Artifacts artifacts;
  private final Path attempts;
  private final @Nullable AttemptWork work;
  private final Map<String, Workers> workers;
  private final Consumer<JobName> live;
  private final Glance glance;
  private int looks;

  /**
   * How jobs are to be carried out here.
   *
   * @param command the reproducer; null if nothing can be carried out here
   * @param name of this process, unlike that of any other
   * @param atOnce how many attempts may be at work here side by side
   * @param folder where attempts and what they make is kept
   * @param blobs the bytes that were recorded
   * @param environment the server's, which knows where streams are and where alerts go
   */
  public record Setup(
      @Nullable String command,
      String name,
      int atOnce,
      Path folder,
      BlobFolder blobs,
      Map<String, String> environment) {}

  /**
   * Starts nothing yet.
   *
   * @param directions what tells the reproducer where this server is
   * @param live hears of each job of which something changed
   * @param ended hears of each attempt that ended here, from within what ended it
   */
  public Jobs(
      Jdbi jdbi,
      DataSource database,
      Setup setup,
      Supplier<Map<String, String>> directions,
      InstantSource clock,
      RandomGenerator chance,
      Consumer<JobName> live,
      BiConsumer<Firing, Attempt> ended,
      MeterRegistry registry) {
    JobMeters meters = new JobMeters(registry);
    this.jdbi = jdbi;
    Database.learn(jdbi, JobTable.class, FiringTable.class, AlertTable.class, WaitingTable.class);
    this.clock = clock;
    this.live = live;
    this.attempts = setup.folder().resolve("attempts");
    AttemptFiles files = new AttemptFiles(attempts);
    this.queue = new FiringQueue(clock, chance, meters);
    this.firings = new Firings(clock, chance, queue, live, meters, ended, files);
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
    this.watch = new Watch(clock);
    this.drift = new Drift(jdbi, setup.blobs(), clock);
    this.postman = new Postman(jdbi, setup.environment(), clock, meters);
    this.guardian = new Guardian(jdbi, setup.environment().get("REPRISE_PING_URL"), clock);
    this.rounds = new Rounds(guardian);
    this.gauges = new JobGauges(jdbi, clock, registry);
    this.artifacts = new Artifacts(setup.folder().resolve("jobs"), files, clock);
    String command = setup.command();
    if (command == null) {
      this.work = null;
      this.workers = Map.of();
    } else {
      AttemptWork carryOut =
          new AttemptWork(
              jdbi,
              firings,
              new Orders(clock, meters, files),
              Map.of(
                  Placement.LOCAL,
                  new LocalEngine(command),
                  Placement.SLURM,
                  new SlurmEngine(command)),
              attempts,
              directions,
              new AttemptWork.Outcomes() {
                @Override
                public void changed(JobName job) {
                  live.accept(job);
                  claimWanted();
                }

                @Override
                public void commits(Handle handle, JobName job) {
                  artifacts.publish(handle.attach(FiringTable.class), job);
                }
              });
      this.work = carryOut;
      this.workers =
          Map.of(
              Placement.LOCAL,
              workers(database, "attempt_claim", setup.name(), setup.atOnce(), carryOut),
              Placement.SLURM,
              workers(database, "cluster_claim", setup.name(), WAIT_FOR_A_CLUSTER, carryOut));
    }
  }

  private Workers workers(
      DataSource database, String table, String name, int threads, AttemptWork carryOut) {
    return new Workers(
        database,
        table,
        name,
        threads,
        clock,
        carryOut::carryOut,
        carryOut::lost,
        carryOut::outlivesItsServer);
  }

  /** Begins, in threads of its own, until {@link #close}. */
  public void start() {
    workers.values().forEach(Workers::start);
    // of many jobs that takes a while
    rounds.begin("job artifacts", () -> artifacts.publishAll(jdbi, rounds::areOver));
    rounds.repeat("job clock", LOOK, this::look);
    rounds.repeat("job folders", LOOK_AT_FOLDERS, folders::look); // a disk may be slow
    rounds.repeat("job watch", LOOK_AROUND, () -> jdbi.useTransaction(watch::look));
    rounds.repeat("data drift", LOOK_AROUND, drift::look); // and tables may be large
    rounds.repeat("alert delivery", LOOK_AROUND, postman::round); // and so may a mail server
    rounds.repeat("ping", LOOK_AROUND, guardian::ping);
  }

  private void look() {
    boolean looksAround = looks++ % LOOKS_AROUND == 0;
    if (looksAround) {
      streams.follow(glance.streams());
    }
    if (glance.findsWork(clock.instant(), TriggerClock.SET_BACK, looksAround)) {
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
          table.callBack(now, now.plus(TriggerClock.SET_BACK));
          for (JobName job : table.queues()) {
            handle.attach(JobTable.class).find(job).ifPresent(it -> queue.advance(handle, it));
          }
        });
    claimWanted();
  }

  private void claimWanted() {
    for (Attempt each : jdbi.withExtension(FiringTable.class, it -> it.wanted(clock.instant()))) {
      Workers they = workers.get(each.place());
      if (they != null) {
        they.claim(each.attempt());
      }
    }
  }

  /** What is wrong with the threads that keep jobs going, in a sentence; empty if nothing is. */
  public Optional<String> complaint() {
    return guardian.complaint();
  }

  /** Brings the gauges of jobs up to date. */
  public void measure() {
    gauges.look(guardian.silences());
  }

  Jdbi jdbi() {
    return jdbi;
  }

  <T> T inTransaction(HandleCallback<T, RuntimeException> asked) {
    return jdbi.inTransaction(asked);
  }

  FiringQueue queue() {
    return queue;
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

  AttemptFolders attemptFolders() {
    return new AttemptFolders(jdbi, attempts, artifacts);
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
    rounds.end();
    streams.close();
    if (work != null) {
      work.stopAll();
    }
    workers.values().forEach(Workers::close);
    try {
      rounds.join();
      glance.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
