package reprise.reproducer.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
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
import reprise.reproducer.execution.Executor;

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
   * Executes the part again and compares. The workspace is gone afterwards.
   *
   * @param progress told of each event of the replay
   */
  Reproduction run(Consumer<RunEvent> progress) throws IOException {
    Instant began = host.clock().instant();
    if (original.history().stream().noneMatch(Comparison::canBeReplayed)) {
      return notRun(began, "The run has no step that could be executed again.");
    }
    String untold = secrets.missing();
    if (untold != null) {
      return notRun(began, untold);
    }
    Workspace workspace = workspace();
    try {
      return in(workspace, progress, began);
    } finally {
      delete(workspace.root());
    }
  }

  /** The run that came of it; null as long as there is none. */
  @Nullable Run replayed() {
    return replayed;
  }

  private Workspace workspace() {
    String name = original.run() + "-" + Long.toHexString(host.chance().nextLong());
    return new Workspace(Home.of(host.variables()).root().resolve("replays").resolve(name));
  }

  private Reproduction in(Workspace workspace, Consumer<RunEvent> progress, Instant began)
      throws IOException {
    Preparation preparation =
        new Preparation(part, alterations, parameters, live, secrets, host, workspace);
    Pipeline pipeline = preparation.pipeline();
    String missing = preparation.missing();
    if (missing != null) {
      return notRun(began, missing);
    }
    remarks.addAll(preparation.remarks());
    Run replay;
    try {
      replay =
          new Executor(host.installation(), host.variables())
              .execute(pipeline, jvm(workspace), progress);
    } catch (Executor.NothingExecuted e) {
      return notRun(began, String.valueOf(e.getMessage()));
    }
    replayed = replay;
    return Comparison.of(
        original,
        replay,
        Comparison.pair(original, replay),
        remarks,
        host.clock().instant(),
        Duration.between(began, host.clock().instant()));
  }

  private Executor.Jvm jvm(Workspace workspace) throws IOException {
    Environment recorded = original.environment();
    Path directory = workspace.place(Path.of(recorded.workingDirectory()));
    Files.createDirectories(directory);
    Files.createDirectories(workspace.temporary());
    return new Executor.Jvm(
        javaHome(), options(recorded, workspace), directory, variables(recorded));
  }

  private Path javaHome() {
    Path recorded = Path.of(original.environment().jdk().home());
    if (Files.isExecutable(recorded.resolve("bin").resolve("java"))) {
      return recorded;
    }
    remarks.add(
        "the JDK: %s of %s is not installed, so %s was used"
            .formatted(
                original.environment().jdk().version(),
                original.environment().jdk().vendor(),
                System.getProperty("java.version")));
    return Path.of(System.getProperty("java.home"));
  }

  /** The JVM is told what the recorded one knew about where and who it was. */
  private List<String> options(Environment recorded, Workspace workspace) {
    List<String> options = new ArrayList<>();
    recorded.flags().forEach(flag -> options.add(secrets.filled(flag)));
    java.util.Locale locale = java.util.Locale.forLanguageTag(recorded.locale());
    options.add("-Duser.language=" + locale.getLanguage());
    options.add("-Duser.country=" + locale.getCountry());
    options.add("-Duser.timezone=" + recorded.zone());
    options.add("-Dfile.encoding=" + recorded.encoding());
    options.add("-Dline.separator=" + recorded.lineSeparator());
    options.add("-Duser.dir=" + recorded.workingDirectory());
    options.add("-Djava.io.tmpdir=" + workspace.temporary());
    return options;
  }

  private Map<String, String> variables(Environment recorded) {
    Map<String, String> filled = new HashMap<>();
    recorded.variables().forEach((name, value) -> filled.put(name, secrets.filled(value)));
    return filled;
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
