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
import reprise.ledger.Home;
import reprise.ledger.Pipeline;
import reprise.ledger.Reproduction;
import reprise.ledger.Run;
import reprise.ledger.RunEvent;
import reprise.ledger.Verdict;
import reprise.ledger.Workspace;
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
    if (original.history().stream().noneMatch(Comparison::canBeReplayed)) {
      return notRun(began, "The run has no step that could be executed again.");
    }
    String untold = secrets.missing();
    if (untold != null) {
      return notRun(began, untold);
    }
    List<Run> replays = new ArrayList<>();
    for (int i = 0; i < standard.times(); i++) {
      try {
        replays.add(execute(progress));
      } catch (Executor.NothingExecuted e) {
        return notRun(began, String.valueOf(e.getMessage()));
      }
    }
    replayed = replays.get(0);
    Forgiveness forgiveness = standard.forgiveness(original, replays);
    return replays.stream()
        .map(replay -> compared(replay, forgiveness, began))
        .max(Comparator.comparing(Reproduction::verdict))
        .orElseThrow();
  }

  /** The run that came of it, the first if there are several; null as long as there is none. */
  @Nullable Run replayed() {
    return replayed;
  }

  private Run execute(Consumer<RunEvent> progress) throws IOException {
    String name = original.run() + "-" + Long.toHexString(host.chance().nextLong());
    Workspace workspace =
        new Workspace(Home.of(host.variables()).root().resolve("replays").resolve(name));
    remarks.clear(); // each time they are the same
    try {
      Preparation preparation =
          new Preparation(part, alterations, parameters, live, secrets, host, workspace);
      Pipeline pipeline = preparation.pipeline();
      String missing = preparation.missing();
      if (missing != null) {
        throw new Executor.NothingExecuted(missing);
      }
      remarks.addAll(preparation.remarks());
      return new Executor(host.installation(), host.variables())
          .execute(pipeline, jvm(workspace), progress);
    } finally {
      delete(workspace.root());
    }
  }

  private Reproduction compared(Run replay, Forgiveness forgiveness, Instant began) {
    return Comparison.of(
        original,
        replay,
        Comparison.pair(original, replay),
        remarks,
        forgiveness,
        host.clock().instant(),
        Duration.between(began, host.clock().instant()));
  }

  private Executor.Jvm jvm(Workspace workspace) throws IOException {
    Environment recorded = original.environment();
    Path directory = workspace.place(Path.of(recorded.workingDirectory()));
    Files.createDirectories(directory);
    Files.createDirectories(workspace.temporary());
    Guise guise = new Guise(recorded, secrets, workspace);
    return new Executor.Jvm(
        javaHome(), guise.options(), directory, guise.unset(), guise.variables());
  }

  private Path javaHome() {
    if (alterations.jdk() != null) {
      return alterations.jdk();
    }
    Environment.Jdk recorded = original.environment().jdk();
    InstalledJdk nearest = Jdks.installed(host.variables(), recorded.home()).nearest(recorded);
    if (!nearest.is(recorded)) {
      remarks.add(
          "the JDK: %s of %s is not installed, so %s was used"
              .formatted(recorded.version(), recorded.vendor(), nearest));
    }
    return nearest.home();
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
