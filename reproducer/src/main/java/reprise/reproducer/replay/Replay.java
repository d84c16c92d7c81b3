package reprise.reproducer.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Environment;
import reprise.ledger.Outcome;
import reprise.ledger.Pipeline;
import reprise.ledger.Reproduction;
import reprise.ledger.Run;
import reprise.ledger.RunEvent;
import reprise.ledger.RunStatus;
import reprise.ledger.Step;
import reprise.ledger.Verdict;
import reprise.ledger.Workspace;
import reprise.reproducer.cleaning.Owner;
import reprise.reproducer.comparison.Comparison;
import reprise.reproducer.comparison.Forgiveness;
import reprise.reproducer.execution.Executor;
import reprise.reproducer.execution.InstalledJdk;
import reprise.reproducer.execution.Jdks;

/** One replay of a part of a run: workspace, clean JVM, comparison. */
final class Replay {
  private final Part part;
  private final Run original;
  private final Alterations alterations;
  private final ChangedParameters parameters;
  private final LiveData live;
  private final Host host;
  private final Secrets secrets;
  private final List<String> remarks = new ArrayList<>();
  private @Nullable Run replayed;
  private @Nullable String otherJdk;

  /**
   * Prepares nothing yet.
   *
   * @param given what was masked in the record, by name, as far as it is not among the host's
   *     variables
   */
  Replay(
      Part part,
      Alterations alterations,
      ChangedParameters parameters,
      LiveData live,
      Map<String, String> given,
      Host host) {
    this.part = part;
    this.original = part.run();
    this.alterations = alterations;
    this.parameters = parameters;
    this.live = live;
    this.host = host;
    this.secrets = Secrets.of(original, given, host.variables());
  }

  /**
   * Executes the part again, as often as {@code standard} says, and compares. The workspaces are
   * gone afterwards.
   *
   * @param progress told of each event of each replay
   * @return what came of the replay that is furthest from the original
   */
  Reproduction run(Standard standard, Consumer<RunEvent> progress) throws IOException {
    Instant began = host.clock().instant();
    String hindrance = hindrance();
    if (hindrance != null) {
      return notRun(began, hindrance);
    }
    List<Run> replays = new ArrayList<>();
    for (int i = 0; i < standard.times(); i++) {
      try {
        replays.add(execute(progress));
      } catch (Executor.NothingExecuted | Executor.OutOfTime e) {
        return notRun(began, String.valueOf(e.getMessage()));
      }
    }
    String exhausted = exhausted(replays);
    if (exhausted != null) {
      return notRun(began, exhausted);
    }
    replayed = replays.get(0);
    Forgiveness forgiveness = standard.forgiveness(original, replays);
    return replays.stream()
        .map(replay -> compared(replay, forgiveness, began))
        .max(Comparator.comparing(Reproduction::verdict))
        .orElseThrow();
  }

  /** Why nothing can be executed, whatever is at hand; null if something can. */
  @Nullable String hindrance() {
    return original.history().stream().noneMatch(Comparison::canBeReplayed)
        ? nothingToExecute()
        : secrets.missing();
  }

  private String nothingToExecute() {
    if (original.status() == RunStatus.RUNNING) {
      return "No step of the run has come to its end yet; replay it when one has.";
    }
    return original.history().isEmpty()
        ? "The run has no step, for its kernel ended before a cell began; run the notebook again."
        : "No step of the run came to its end, so none can be executed again; run the notebook again.";
  }

  /** What a replay says that had less memory than it needed; null if it was not for that. */
  @Nullable String exhausted(List<Run> replays) {
    String heap = host.limits().heap();
    if (heap == null || original.history().stream().anyMatch(Replay::ranOutOfMemory)) {
      return null;
    }
    return replays.stream()
        .flatMap(replay -> replay.history().stream())
        .filter(Replay::ranOutOfMemory)
        .findFirst()
        .map(
            step ->
                "Step %d did not get through with the heap of %s that it was given; give it more by --memory."
                    .formatted(step.step(), heap))
        .orElse(null);
  }

  private static boolean ranOutOfMemory(Step step) {
    return step.outcome() == null // a JVM without memory may die of it
        || (step.outcome() instanceof Outcome.Failed failed
            && failed.exception().endsWith("OutOfMemoryError"));
  }

  /** The run that came of it, the first if there are several; null as long as there is none. */
  @Nullable Run replayed() {
    return replayed;
  }

  private Run execute(Consumer<RunEvent> progress) throws IOException {
    Workspace workspace = host.workspace(original.run());
    remarks.clear(); // each time they are the same
    try {
      if (host.keep() == null) {
        Owner.sign(workspace.root());
      }
      Executor executor = new Executor(host.installation(), host.variables());
      try (Executor.Waiting waiting = executor.start(jvm(workspace))) {
        return waiting.execute(prepared(workspace), progress);
      }
    } finally {
      if (host.keep() == null) {
        delete(workspace.root());
      }
    }
  }

  /** Fetches all that is needed. */
  Pipeline prepared(Workspace workspace) throws IOException {
    Preparation preparation =
        new Preparation(part, alterations, parameters, live, secrets, host, workspace);
    Pipeline pipeline = preparation.pipeline();
    String missing = preparation.missing();
    if (missing != null) {
      throw new Executor.NothingExecuted(missing);
    }
    remarks.addAll(preparation.remarks());
    return pipeline;
  }

  Reproduction compared(Run replay, Forgiveness forgiveness, Instant began) {
    return Comparison.of(
        original,
        replay,
        Comparison.pair(original, replay),
        remarks,
        forgiveness,
        host.clock().instant(),
        Duration.between(began, host.clock().instant()));
  }

  Executor.Jvm jvm(Workspace workspace) throws IOException {
    Environment recorded = original.environment();
    Path directory = workspace.place(Path.of(recorded.workingDirectory()));
    Files.createDirectories(directory);
    Files.createDirectories(workspace.temporary());
    Guise guise = new Guise(recorded, secrets, host.limits(), workspace);
    return new Executor.Jvm(
        javaHome(),
        guise.options(),
        directory,
        guise.unset(),
        guise.variables(),
        host.limits().time());
  }

  private Path javaHome() {
    if (alterations.jdk() != null) {
      return alterations.jdk();
    }
    Environment.Jdk recorded = original.environment().jdk();
    InstalledJdk nearest = Jdks.installed(host.variables(), recorded.home()).nearest(recorded);
    if (!nearest.is(recorded)) {
      otherJdk =
          "the JDK: %s of %s is not installed, so %s was used"
              .formatted(recorded.version(), recorded.vendor(), nearest);
      remarks.add(otherJdk);
    }
    return nearest.home();
  }

  /** What is said of the JDK if it was not the recorded one, nor one that was asked for. */
  @Nullable String otherJdk() {
    return otherJdk;
  }

  private Reproduction notRun(Instant began, String why) {
    return new Reproduction(
        original.run(),
        null,
        host.clock().instant(),
        Verdict.NOT_RUN,
        why,
        original.history().size(),
        0,
        Duration.between(began, host.clock().instant()).toMillis(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  private static void delete(Path folder) throws IOException {
    if (Files.notExists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
