package reprise.server.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleConsumer;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reprise.ledger.Attempt;
import reprise.ledger.AttemptId;
import reprise.ledger.AttemptOrder;
import reprise.ledger.AttemptResult;
import reprise.ledger.AttemptStatus;
import reprise.ledger.Firing;
import reprise.ledger.FiringStatus;
import reprise.ledger.JobName;
import reprise.ledger.StageResult;
import reprise.ledger.Wire;

/** Carries one attempt after the other out, from its order to its result. */
final class AttemptWork {
  private static final Logger LOG = LoggerFactory.getLogger(AttemptWork.class);
  private static final Duration LOOK = Duration.ofMillis(250);
  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final Duration COURTESY = Duration.ofSeconds(30);
  private static final Duration LOOK_FOR_ENGINE = Duration.ofSeconds(2);
  private static final String STOPPED = "the server was stopped meanwhile";

  private final Jdbi jdbi;
  private final Firings firings;
  private final Orders orders;
  private final Map<String, Engine> engines;
  private final Path folder;
  private final Supplier<Map<String, String>> directions;
  private final Outcomes outcomes;
  private final Set<Engine.Work> atWork = ConcurrentHashMap.newKeySet();
  private volatile boolean closing;

  /** Told when something became of a firing. */
  interface Outcomes {
    void changed(JobName job);

    /** Within the transaction that does it, as its last act. */
    void commits(Handle handle, JobName job);
  }

  /**
   * @param engines by what a {@link reprise.ledger.Placement} calls them
   * @param folder below which each attempt has its own
   * @param directions what tells the reproducer where this server is
   */
  AttemptWork(
      Jdbi jdbi,
      Firings firings,
      Orders orders,
      Map<String, Engine> engines,
      Path folder,
      Supplier<Map<String, String>> directions,
      Outcomes outcomes) {
    this.jdbi = jdbi;
    this.firings = firings;
    this.orders = orders;
    this.engines = Map.copyOf(engines);
    this.folder = folder;
    this.directions = directions;
    this.outcomes = outcomes;
  }

  /** Carries it out, unless it no longer counts. */
  void carryOut(AttemptId id) {
    AttemptOrder order = jdbi.inTransaction(handle -> orders.begin(handle, id));
    if (order == null) {
      return;
    }
    tell(order.job());
    Ending ending = carriedOut(order);
    boolean goesOnWithoutUs =
        ending.status() == AttemptStatus.LOST && closing && outlivesItsServer(id);
    if (!goesOnWithoutUs) {
      end(id, order.job(), ending);
    }
  }

  /** Whether it may still be at work, although nobody here waits for it. */
  boolean outlivesItsServer(AttemptId id) {
    return SlurmEngine.isUnderWay(folder(id));
  }

  private Ending carriedOut(AttemptOrder order) {
    try {
      return carriedOutIn(folder(order.attempt()), order);
    } catch (IOException | RuntimeException e) {
      LOG.warn("attempt {} came to no end", order.attempt(), e);
      return new Ending(
          AttemptStatus.FAILED, null, "it could not be carried out: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Ending(AttemptStatus.LOST, null, STOPPED);
    }
  }

  private Ending carriedOutIn(Path own, AttemptOrder order)
      throws IOException, InterruptedException {
    Files.createDirectories(own);
    write(own.resolve(AttemptOrder.FILE), Wire.write(order));
    Engine engine = engines.get(order.on().on());
    if (engine == null) {
      throw new IOException("this server knows nothing of " + order.on().on());
    }
    Engine.Work work = begun(engine, own, order);
    if (work == null) {
      return new Ending(
          closing ? AttemptStatus.LOST : AttemptStatus.CANCELLED, null, closing ? STOPPED : null);
    }
    atWork.add(work);
    try {
      Ending stopped = await(work, order);
      if (stopped != null) {
        if (!closing || !outlivesItsServer(order.attempt())) {
          work.stop();
        }
        return stopped;
      }
      return Ending.of(work, own);
    } finally {
      atWork.remove(work);
    }
  }

  /** Has it begun, however long nobody answers there; null if it is no longer to be. */
  private Engine.@Nullable Work begun(Engine engine, Path own, AttemptOrder order)
      throws IOException, InterruptedException {
    String said = null;
    while (!closing && counts(order.attempt())) {
      try {
        Engine.Work work = engine.start(order, own, directions.get());
        if (said != null) {
          hold(own, order, null);
        }
        return work;
      } catch (Engine.Away e) {
        String why = String.valueOf(e.getMessage());
        if (!why.equals(said)) {
          hold(own, order, why);
          said = why;
        }
        TimeUnit.NANOSECONDS.sleep(LOOK_FOR_ENGINE.toNanos());
      }
    }
    return null;
  }

  /** Whoever looks at the history or into the log is to see why nothing moves. */
  private void hold(Path own, AttemptOrder order, @Nullable String why) throws IOException {
    Files.writeString(
        own.resolve("log"),
        why == null
            ? "It was begun at last.\n"
            : why + " It is tried again until it can be begun.\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    jdbi.useExtension(FiringTable.class, table -> table.hold(order.attempt(), why));
    tell(order.job());
  }

  /** What nobody can be told now is found at the next look; no reason to give the attempt up. */
  private void tell(JobName job) {
    try {
      outcomes.changed(job);
    } catch (RuntimeException e) {
      LOG.debug("of {} nobody could be told", job, e);
    }
  }

  /** Waits for the end; returns why it had to be stopped before, or null if it had not. */
  private @Nullable Ending await(Engine.Work work, AttemptOrder order)
      throws IOException, InterruptedException {
    Integer limit = order.timeoutSeconds();
    // The reproducer keeps to the limit itself, and says so; this is for one that no longer can.
    long patience = limit == null ? Long.MAX_VALUE : COURTESY.plusSeconds(limit).toNanos();
    long began = System.nanoTime();
    while (!work.await(LOOK)) {
      if (closing) {
        return new Ending(AttemptStatus.LOST, null, STOPPED);
      }
      if (!counts(order.attempt())) {
        return new Ending(AttemptStatus.CANCELLED, null, null);
      }
      if (System.nanoTime() - began > patience) {
        return new Ending(
            AttemptStatus.TIMED_OUT, null, "it was not done after %d s".formatted(limit));
      }
    }
    return closing ? new Ending(AttemptStatus.LOST, null, STOPPED) : null;
  }

  /** Whether the firing still waits for this very attempt, as far as anybody can tell. */
  private boolean counts(AttemptId id) {
    try {
      return isWaitedFor(id);
    } catch (JdbiException e) {
      return true; // the database is away, which is no reason to give up what is under way
    }
  }

  private boolean isWaitedFor(AttemptId id) {
    return jdbi.withHandle(
        handle -> {
          FiringTable table = handle.attach(FiringTable.class);
          return table
              .attempt(id)
              .filter(it -> it.status() == AttemptStatus.RUNNING)
              .map(Attempt::firing)
              .flatMap(table::bare)
              .map(Firing::status)
              .filter(it -> it == FiringStatus.RUNNING)
              .isPresent();
        });
  }

  private void end(AttemptId id, JobName job, Ending ending) {
    AttemptResult result = ending.result() == null ? leftBehind(id) : ending.result();
    insist(
        id,
        handle -> {
          if (firings.end(handle, id, ending.status(), result, ending.why())) {
            outcomes.commits(handle, job);
          }
        });
    tell(job);
  }

  /** Does it when the database is there and has room, however long that takes. */
  private void insist(AttemptId id, HandleConsumer<RuntimeException> ending) {
    boolean complained = false;
    while (true) {
      try {
        jdbi.useTransaction(ending);
        return;
      } catch (JdbiException e) {
        if (closing) {
          throw e;
        }
        if (!complained) {
          LOG.warn("the end of attempt {} cannot be written down yet", id, e);
          complained = true;
        }
        pause();
      }
    }
  }

  private void pause() {
    try {
      Thread.sleep(AGAIN.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closing = true;
    }
  }

  /** The stages of one that brought no result; those that were done need not be done again. */
  private @Nullable AttemptResult leftBehind(AttemptId id) {
    try {
      List<StageResult> stages =
          List.of(
              Wire.read(
                  Files.readString(folder(id).resolve(StageResult.FILE)), StageResult[].class));
      return new AttemptResult(id, false, false, false, null, null, null, List.of(), stages);
    } catch (IOException | UncheckedIOException e) {
      return null; // it has none, or had not begun any
    }
  }

  /** An attempt whose worker is gone. */
  void lost(AttemptId id) {
    end(id, job(id), new Ending(AttemptStatus.LOST, null, "whoever carried it out is gone"));
  }

  private JobName job(AttemptId id) {
    return jdbi.withHandle(
        handle -> {
          FiringTable table = handle.attach(FiringTable.class);
          return table
              .attempt(id)
              .map(Attempt::firing)
              .flatMap(table::bare)
              .map(Firing::job)
              .orElseThrow();
        });
  }

  Path folder(AttemptId id) {
    return folder.resolve(id.value());
  }

  private static void write(Path file, String text) throws IOException {
    Path half = file.resolveSibling(file.getFileName() + ".half");
    Files.writeString(half, text, StandardCharsets.UTF_8);
    Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Ends what is under way; it is tried anew by whoever comes next. */
  void stopAll() {
    closing = true;
    atWork.forEach(Engine.Work::leave);
  }
}
