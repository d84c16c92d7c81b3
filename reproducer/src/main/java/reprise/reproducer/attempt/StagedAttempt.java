package reprise.reproducer.attempt;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Artifact;
import reprise.ledger.AttemptOrder;
import reprise.ledger.AttemptResult;
import reprise.ledger.Digest;
import reprise.ledger.Reproduction;
import reprise.ledger.Retry;
import reprise.ledger.Run;
import reprise.ledger.RunEvent;
import reprise.ledger.Stage;
import reprise.ledger.StageResult;
import reprise.ledger.StageStatus;
import reprise.ledger.TrackingClient;
import reprise.ledger.Verdict;
import reprise.reproducer.execution.Executor;
import reprise.reproducer.replay.Host;
import reprise.reproducer.replay.NotOfThisRun;
import reprise.reproducer.replay.ReplayRequest;
import reprise.reproducer.replay.StageReplay;

/**
 * An attempt in stages: side by side where none waits for another, and none of which nothing has
 * changed since an attempt before. One that fails lets those go on that do not need it.
 */
final class StagedAttempt {
  private final AttemptOrder order;
  private final StageFolders folders;
  private final Run golden;
  private final ReplayRequest request;
  private final Function<Path, Host> hosts;
  private final TrackingClient server;
  private final Delivery delivery;
  private final Consumer<RunEvent> progress;
  private final RandomGenerator chance;
  private final Map<Integer, StageResult> results = new TreeMap<>();
  private final long began = System.nanoTime();
  private final Set<Integer> hopeless = ConcurrentHashMap.newKeySet();
  private final Set<Integer> lost = ConcurrentHashMap.newKeySet();

  /**
   * @param folder the attempt's own
   * @param hosts where a stage is replayed that has a folder of its own
   */
  StagedAttempt(
      AttemptOrder order,
      Path folder,
      Run golden,
      ReplayRequest request,
      Function<Path, Host> hosts,
      TrackingClient server,
      Delivery delivery,
      Consumer<RunEvent> progress,
      RandomGenerator chance) {
    this.order = order;
    this.folders = new StageFolders(folder);
    this.golden = golden;
    this.request = request;
    this.hosts = hosts;
    this.server = server;
    this.delivery = delivery;
    this.progress = progress;
    this.chance = chance;
  }

  /** Carries all stages out that can be, and gathers what they made if all could. */
  AttemptResult carryOut() throws IOException {
    for (Stage stage : order.stages()) {
      put(StageResult.bare(stage.number(), StageStatus.WAITING));
    }
    goThrough();
    List<StageResult> all = List.copyOf(results.values());
    boolean good = all.stream().allMatch(it -> it.status().isGood());
    Optional<StageResult> failed =
        all.stream().filter(it -> it.status() == StageStatus.FAILED).findFirst();
    Verdict verdict = null;
    for (StageResult each : all) {
      Verdict one = each.verdict();
      verdict = verdict == null || (one != null && one.compareTo(verdict) > 0) ? one : verdict;
    }
    return new AttemptResult(
        order.attempt(),
        good,
        false,
        failed.map(it -> lost.contains(it.stage())).orElse(false),
        null,
        good ? verdict : null,
        good ? remark(all) : why(failed),
        good ? folders.gathered(all) : List.of(),
        all);
  }

  private static @Nullable String remark(List<StageResult> all) {
    return all.stream().map(StageResult::why).filter(Objects::nonNull).findFirst().orElse(null);
  }

  private static String why(Optional<StageResult> failed) {
    return failed
        .map(it -> "stage %d: %s".formatted(it.stage(), it.why()))
        .orElse("no stage could be begun");
  }

  private void goThrough() throws IOException {
    int sideBySide = Math.max(1, Runtime.getRuntime().availableProcessors());
    ExecutorService hands = Executors.newFixedThreadPool(sideBySide);
    try {
      Map<Integer, CompletableFuture<Void>> ends = new HashMap<>();
      for (Stage stage : order.stages()) {
        CompletableFuture<?>[] before =
            stage.after().stream().map(ends::get).toArray(CompletableFuture<?>[]::new);
        ends.put(
            stage.number(),
            CompletableFuture.allOf(before).thenComposeAsync(go -> carryOut(stage, hands), hands));
      }
      CompletableFuture.allOf(ends.values().toArray(CompletableFuture<?>[]::new)).join();
    } catch (CompletionException e) {
      throw new IOException(String.valueOf(e.getCause()), e);
    } finally {
      hands.shutdownNow();
    }
  }

  private CompletableFuture<Void> carryOut(Stage stage, ExecutorService hands) {
    if (!stage.after().stream().allMatch(it -> result(it).status().isGood())) {
      put(StageResult.bare(stage.number(), StageStatus.NOT_BEGUN));
      return CompletableFuture.completedFuture(null);
    }
    return carryOut(stage, 1, hands);
  }

  /** A stage that waits to be tried again keeps no other from a processor. */
  private CompletableFuture<Void> carryOut(Stage stage, int time, ExecutorService hands) {
    put(StageResult.bare(stage.number(), StageStatus.RUNNING).tried(time));
    StageResult result = tried(stage).tried(time);
    put(result);
    Retry retry = order.stageRetry() == null ? Retry.NEVER : order.stageRetry();
    Duration pause = retry.pause(time, chance);
    if (result.status().isGood()
        || hopeless.contains(stage.number())
        || time == retry.attempts()
        || !isLeft(pause)) {
      return CompletableFuture.completedFuture(null);
    }
    return CompletableFuture.completedFuture(null)
        .thenComposeAsync(
            go -> carryOut(stage, time + 1, hands),
            CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS, hands));
  }

  /** Whether the attempt may still be at work after so long. */
  private boolean isLeft(Duration pause) {
    Integer limit = order.timeoutSeconds();
    long took = System.nanoTime() - began;
    return limit == null || took + pause.toNanos() < TimeUnit.SECONDS.toNanos(limit);
  }

  private StageResult tried(Stage stage) {
    lost.remove(stage.number());
    Path own = folders.own(stage.number());
    Failure failure = new Failure(only(stage), this::tell);
    try {
      StageReplay replay = request.stage(stage.steps(), handed(stage), hosts.apply(own));
      try {
        return result(stage, replay, failure);
      } finally {
        OrderedAttempt.clear(replay.workspace().root());
      }
    } catch (Failure.StepFailed | NotOfThisRun | IOException e) {
      if (e instanceof NotOfThisRun) {
        hopeless.add(stage.number());
      }
      if (e instanceof Executor.Killed) {
        lost.add(stage.number());
      }
      delivery.rest(failure.session());
      return new StageResult(
          stage.number(),
          StageStatus.FAILED,
          null,
          order.attempt(),
          failure.run(),
          null,
          null,
          String.valueOf(e.getMessage()),
          null,
          List.of());
    }
  }

  private StageResult result(Stage stage, StageReplay replay, Failure failure) throws IOException {
    StageReplay.Prepared prepared = replay.prepare();
    Digest key = order.freshChance() || order.online() ? null : prepared.key();
    StageResult known = key == null ? null : known(stage, key);
    if (known != null) {
      return known;
    }
    long began = System.nanoTime();
    Reproduction reproduction = prepared.execute(failure);
    Run run = replay.replayed();
    if (run == null) {
      throw new Executor.NothingExecuted(String.valueOf(reproduction.why()));
    }
    String broken = failure.broken();
    if (broken != null) {
      lost.add(stage.number());
      throw new IOException(broken);
    }
    long millis = (System.nanoTime() - began) / 1_000_000;
    server.post(reproduction);
    List<Artifact> files = new Harvest(replay.workspace(), folders.files(stage.number())).of(run);
    return new StageResult(
        stage.number(),
        StageStatus.SUCCEEDED,
        key,
        order.attempt(),
        run.run(),
        reproduction.verdict(),
        millis,
        replay.otherJdk(),
        null,
        files);
  }

  /** What another attempt made of the same, if all of it is still there. */
  private @Nullable StageResult known(Stage stage, Digest key) throws IOException {
    for (StageResult each : order.known()) {
      if (key.equals(each.key())
          && each.attempt() != null
          && folders.takeOver(each, stage.number())) {
        return new StageResult(
            stage.number(),
            StageStatus.SKIPPED,
            key,
            each.attempt(),
            each.run(),
            each.verdict(),
            each.millis(),
            null,
            null,
            each.files());
      }
    }
    return null;
  }

  /** What the stages made that this one comes after, by the paths that cells know. */
  private Map<Path, Path> handed(Stage stage) {
    Map<Path, Path> handed = new LinkedHashMap<>();
    Path directory = Path.of(golden.environment().workingDirectory());
    for (Stage before : order.stages()) {
      if (comesAfter(stage, before)) {
        for (Artifact file : result(before.number()).files()) {
          Path lies = file.in(folders.files(before.number()));
          handed.put(directory.resolve(file.path()).normalize(), lies);
        }
      }
    }
    return handed;
  }

  private boolean comesAfter(Stage stage, Stage other) {
    return stage.after().contains(other.number())
        || order.stages().stream()
            .filter(it -> stage.after().contains(it.number()))
            .anyMatch(it -> comesAfter(it, other));
  }

  private Run only(Stage stage) {
    return golden.only(
        golden.history().stream().filter(it -> stage.steps().contains(it.step())).toList());
  }

  private synchronized StageResult result(int stage) {
    return results.getOrDefault(stage, StageResult.bare(stage, StageStatus.WAITING));
  }

  private synchronized void tell(RunEvent event) {
    progress.accept(event);
  }

  private synchronized void put(StageResult result) {
    results.put(result.stage(), result);
    folders.tell(results.values());
  }
}
