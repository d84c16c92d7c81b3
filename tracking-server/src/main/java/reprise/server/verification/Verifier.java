package reprise.server.verification;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reprise.ledger.ExperimentName;
import reprise.ledger.Reproduction;
import reprise.ledger.RunEvent;
import reprise.ledger.RunId;
import reprise.ledger.Verdict;
import reprise.ledger.Verification;
import reprise.ledger.Verification.Phase;
import reprise.server.reproducer.Reproducer;
import reprise.server.verification.Verifications.Candidate;

/**
 * Replays the runs that are over, the newest first and one at a time, while no kernel on this
 * machine is at work; has the cause searched of those that come out otherwise. It gives way as soon
 * as a cell is executed, and begins that run again later.
 */
public final class Verifier implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Verifier.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_END = Duration.ofSeconds(10);
  private static final Duration DAY = Duration.ofDays(1);

  private final Verifications verifications;
  private final Reluctance reluctance;
  private final Kernels kernels;
  private final String server;
  private final String command;
  private final Duration quiet;
  private final InstantSource clock;
  private final Consumer<Verification> live;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final AtomicBoolean someAreOver = new AtomicBoolean(true);
  private @Nullable Thread thread;
  private @Nullable Reproducer atWork;
  private boolean disturbed;

  /**
   * @param server whose work this is: the same when it is started again
   * @param command the reproducer
   * @param quiet for how long no cell may have run before a replay begins
   * @param live hears of every change
   */
  public Verifier(
      Jdbi jdbi,
      String server,
      String command,
      Duration quiet,
      InstantSource clock,
      Consumer<Verification> live) {
    this.verifications = jdbi.onDemand(Verifications.class);
    this.reluctance = new Reluctance(jdbi);
    this.kernels = new Kernels(jdbi, clock);
    this.server = server;
    this.command = command;
    this.quiet = quiet;
    this.clock = clock;
    this.live = live;
  }

  /**
   * Begins, in a thread of its own, until {@link #close}.
   *
   * @param environment what tells the reproducer where this server is
   */
  public void start(Supplier<Map<String, String>> environment) {
    verifications.forgetLost(server);
    Thread started = new Thread(() -> keepVerifying(environment), "verification");
    started.setDaemon(true);
    started.start();
    thread = started;
  }

  /** Gives way to a cell that begins. */
  public void hear(RunEvent event) {
    if (event instanceof RunEvent.RunOpened || event instanceof RunEvent.SessionEnded) {
      someAreOver.set(true);
    }
    if (kernels.hear(event)) {
      interruptWork();
    }
  }

  /** Takes note of a verdict that somebody else asked for. */
  public void hear(Reproduction reproduction) {
    if (verifications.settle(reproduction.run()) > 0) {
      verifications.of(reproduction.run()).ifPresent(live);
    }
  }

  private synchronized void interruptWork() {
    disturbed = true;
    if (atWork != null) {
      atWork.kill();
    }
  }

  private void keepVerifying(Supplier<Map<String, String>> environment) {
    try {
      do {
        try {
          verifyNext(environment);
        } catch (IOException | RuntimeException e) {
          LOG.warn("verification goes on with the next run", e);
        }
      } while (!closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void verifyNext(Supplier<Map<String, String>> environment)
      throws IOException, InterruptedException {
    if (someAreOver.getAndSet(false)) {
      verifications.adopt();
    }
    Set<ExperimentName> spent = new HashSet<>();
    boolean mayBegin = kernels.areQuietFor(quiet); // asked once, or an older run could overtake
    for (Candidate candidate : verifications.waiting()) {
      if (isWanted(candidate, spent) && mayBegin) {
        Optional<String> objection = reluctance.of(candidate.run());
        if (objection.isEmpty()) {
          verify(candidate, environment.get());
          return;
        }
        change(candidate.run(), Phase.PASSED_OVER, objection.get());
      }
    }
  }

  /** Whether its experiment's policy lets it be replayed now; says so of those that it does not. */
  private boolean isWanted(Candidate candidate, Set<ExperimentName> spent) {
    VerificationPolicy policy = verifications.policyOf(candidate.experiment());
    if (!policy.enabled()) {
      change(candidate.run(), Phase.OFF, "switched off for " + candidate.experiment());
      return false;
    }
    if (candidate.startedAt().isBefore(clock.instant().minus(Duration.ofDays(policy.days())))) {
      change(candidate.run(), Phase.PASSED_OVER, "older than %d days".formatted(policy.days()));
      return false;
    }
    if (!spent.contains(candidate.experiment()) && left(candidate.experiment()).isNegative()) {
      spent.add(candidate.experiment());
    }
    return !spent.contains(candidate.experiment());
  }

  /** What may still be spent on an experiment today; less than nothing if that is not a second. */
  private Duration left(ExperimentName experiment) {
    Duration budget = Duration.ofMinutes(verifications.policyOf(experiment).minutesPerDay());
    long spent = verifications.spent(experiment, clock.instant().minus(DAY));
    return budget.minusMillis(spent).minusSeconds(1);
  }

  private void verify(Candidate candidate, Map<String, String> environment)
      throws IOException, InterruptedException {
    RunId run = candidate.run();
    Duration most = left(candidate.experiment()).plusSeconds(1);
    Instant now = clock.instant();
    if (verifications.begin(run, now, now.minus(DAY), server) == 0) {
      return;
    }
    live.accept(new Verification(run, Phase.AT_WORK, null));
    long began = System.nanoTime();
    try {
      Optional<String> complaint =
          work(List.of("replay", run.value(), "--timeout", most.toSeconds() + "s"), environment);
      Optional<Verdict> verdict = verifications.verdict(run);
      if (verdict.isPresent()) {
        if (verdict.get() == Verdict.DIVERGED && !isDisturbed()) {
          work(List.of("explain", run.value()), environment);
        }
        change(run, Phase.DONE, null);
      } else if (isDisturbed()) {
        change(run, Phase.WAITING, null);
      } else {
        change(run, Phase.FAILED, complaint.orElse("the replay came to no verdict"));
      }
    } finally {
      verifications.spend(run, (System.nanoTime() - began) / 1_000_000);
    }
  }

  private Optional<String> work(List<String> words, Map<String, String> environment)
      throws IOException, InterruptedException {
    Reproducer started;
    synchronized (this) {
      disturbed = closing.getCount() == 0;
      started = Reproducer.start(command, words, environment, Reproducer.Priority.LOWEST);
      atWork = started;
      if (disturbed) {
        started.kill();
      }
    }
    try {
      return started.complaint();
    } finally {
      synchronized (this) {
        atWork = null;
      }
    }
  }

  private synchronized boolean isDisturbed() {
    return disturbed;
  }

  private void change(RunId run, Phase stage, @Nullable String why) {
    verifications.put(run, stage, why);
    live.accept(new Verification(run, stage, why));
  }

  /** Ends what is under way, and waits until nothing is written down any more. */
  @Override
  public void close() {
    closing.countDown();
    interruptWork();
    if (thread != null) {
      try {
        thread.join(LONGEST_END.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
