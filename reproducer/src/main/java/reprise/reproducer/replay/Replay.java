package reprise.reproducer.replay;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.eclipse.jgit.api.errors.JGitInternalException;
import org.jspecify.annotations.Nullable;
import reprise.ledger.BlobFolder;
import reprise.ledger.Chance;
import reprise.ledger.Digest;
import reprise.ledger.Environment;
import reprise.ledger.Home;
import reprise.ledger.Jar;
import reprise.ledger.Origin;
import reprise.ledger.Pipeline;
import reprise.ledger.Pipeline.Need;
import reprise.ledger.Reproduction;
import reprise.ledger.Run;
import reprise.ledger.RunEvent;
import reprise.ledger.SessionId;
import reprise.ledger.Step;
import reprise.ledger.Verdict;
import reprise.ledger.Wire;
import reprise.ledger.Workspace;
import reprise.reproducer.comparison.Comparison;
import reprise.reproducer.comparison.Forgiveness;
import reprise.reproducer.evidence.Evidence;
import reprise.reproducer.execution.Executor;
import reprise.reproducer.execution.Installation;

/** One replay of one run: workspace, clean JVM, comparison. */
public final class Replay {
  private final Run original;
  private final Evidence evidence;
  private final Map<String, String> variables;
  private final Secrets secrets;
  private final InstantSource clock;
  private final RandomGenerator chance;
  private final boolean online;
  private final List<String> remarks = new ArrayList<>();

  /**
   * Prepares nothing yet.
   *
   * @param given what was masked in the record, by name, as far as it is not among the variables
   * @param variables the environment variables of this process
   * @param online whether cells reach the network, rather than what was recorded of it
   */
  public Replay(
      Run original,
      Evidence evidence,
      Map<String, String> given,
      Map<String, String> variables,
      InstantSource clock,
      RandomGenerator chance,
      boolean online) {
    this.original = original;
    this.evidence = evidence;
    this.variables = variables;
    this.secrets = Secrets.of(original, given, variables);
    this.clock = clock;
    this.chance = chance;
    this.online = online;
  }

  /**
   * Executes the run's whole history again and compares. The workspace is gone afterwards.
   *
   * @param progress told of each event of the replay
   */
  public Reproduction run(Installation installation, Consumer<RunEvent> progress)
      throws IOException {
    Instant began = clock.instant();
    if (original.history().stream().noneMatch(Comparison::canBeReplayed)) {
      return notRun(began, "The run has no step that could be executed again.");
    }
    String untold = secrets.missing();
    if (untold != null) {
      return notRun(began, untold);
    }
    Workspace workspace =
        new Workspace(
            Home.of(variables)
                .root()
                .resolve("replays/" + original.run() + "-" + Long.toHexString(chance.nextLong())));
    try {
      return in(workspace, installation, progress, began);
    } finally {
      delete(workspace.root());
    }
  }

  private Reproduction in(
      Workspace workspace, Installation installation, Consumer<RunEvent> progress, Instant began)
      throws IOException {
    List<Pipeline.Cell> cells = cells(workspace);
    if (!online) {
      remarks.addAll(RecordedReplies.fetch(cells, new Archive(evidence), workspace.inputs()));
    }
    String missing = fetch(cells, workspace);
    if (missing != null) {
      return notRun(began, missing);
    }
    Path directory = workspace.place(Path.of(original.environment().workingDirectory()));
    Files.createDirectories(directory);
    Files.createDirectories(workspace.temporary());
    Pipeline pipeline =
        new Pipeline(
            SessionId.next(clock, chance),
            original.experiment(),
            original.notebook(),
            new Origin.Replay(original.run()),
            original.environment().workingDirectory(),
            workspace.root().toString(),
            true,
            !online,
            cells,
            secrets.known(),
            classPath());
    Executor.Jvm jvm =
        new Executor.Jvm(
            javaHome(),
            options(original.environment(), workspace),
            directory,
            variables(original.environment()));
    Run replay;
    try {
      replay = new Executor(installation, variables).execute(pipeline, jvm, progress);
    } catch (Executor.NothingExecuted e) {
      return notRun(began, String.valueOf(e.getMessage()));
    }
    return Comparison.of(
        original,
        replay,
        Comparison.pair(original, replay),
        remarks,
        Forgiveness.NONE,
        clock.instant(),
        Duration.between(began, clock.instant()));
  }

  /** What a kernel that is not ours had on its class path from the beginning. */
  private List<String> classPath() {
    List<String> there = new ArrayList<>();
    for (Jar jar : original.environment().classPath()) {
      if (Files.exists(Path.of(jar.path()))) {
        there.add(jar.path());
      } else {
        remarks.add(
            "%s on the kernel's class path, which is not on this machine".formatted(jar.path()));
      }
    }
    return there;
  }

  private List<Pipeline.Cell> cells(Workspace workspace) throws IOException {
    FileNeeds files = new FileNeeds(listings(workspace)::of);
    List<Pipeline.Cell> cells = new ArrayList<>();
    try (CodeNeeds code = code(workspace)) {
      for (Step step : original.history()) {
        List<Need> needs = new ArrayList<>(code == null ? List.of() : code.of(step));
        needs.addAll(files.of(step));
        needs.addAll(jars(step));
        if (Comparison.canBeReplayed(step)) {
          cells.add(
              new Pipeline.Cell(
                  step.cell(),
                  step.executionCount(),
                  secrets.source(step.source()),
                  step.tags(),
                  step.inputs(),
                  chance(step, workspace),
                  needs,
                  online ? List.of() : RecordedReplies.of(step)));
        }
      }
    }
    return cells;
  }

  /** What the step drew and read, with all of it at hand. */
  private @Nullable Chance chance(Step step, Workspace workspace) throws IOException {
    Chance chance = step.chance();
    Digest kept = chance == null ? null : chance.kept();
    if (chance == null || kept == null) {
      return chance;
    }
    BlobFolder inputs = workspace.inputs();
    new Archive(evidence).fetch(List.of(kept), inputs);
    Path blob = inputs.find(kept).orElse(null);
    if (blob == null) {
      remarks.add(
          "step %d: what it read from the clock, which was not kept".formatted(step.step()));
      return chance;
    }
    return chance.with(Wire.read(Files.readString(blob), Chance.Readings.class));
  }

  private Listings listings(Workspace workspace) throws IOException {
    Listings listings =
        Listings.fetch(original.history(), new Archive(evidence), workspace.inputs());
    listings.missing().forEach(folder -> remarks.add("the names in %s".formatted(folder)));
    return listings;
  }

  /** A jar from a Maven repository is fetched again by the cell that fetched it. */
  private static List<Need> jars(Step step) {
    List<Need> needs = new ArrayList<>();
    for (Jar jar : step.jars()) {
      Digest digest = jar.digest();
      if (digest != null && !jar.canBeHadAgain()) {
        needs.add(new Need(jar.path(), digest));
      }
    }
    return needs;
  }

  private @Nullable CodeNeeds code(Workspace workspace) {
    if (original.history().stream().allMatch(step -> step.snapshot() == null)) {
      return null;
    }
    try {
      return CodeNeeds.fetch(original, evidence, workspace.inputs());
    } catch (IOException | JGitInternalException e) {
      remarks.add("the code files around the notebook, whose history could not be fetched");
      return null;
    }
  }

  /** Returns what is missing and what to do, or null if nothing is. */
  private @Nullable String fetch(List<Pipeline.Cell> cells, Workspace workspace)
      throws IOException {
    Map<Digest, String> wanted = new HashMap<>();
    for (Pipeline.Cell cell : cells) {
      for (Need need : cell.needs()) {
        if (need.kind() == Need.Kind.FILE && need.digest() != null) {
          wanted.putIfAbsent(need.digest(), need.path());
        }
      }
    }
    List<String> paths = new ArrayList<>();
    for (Digest digest : new Archive(evidence).fetch(wanted.keySet(), workspace.inputs())) {
      String path = wanted.getOrDefault(digest, "");
      if (!isStillThere(Path.of(path), digest, workspace)) {
        paths.add(path);
      }
    }
    paths.sort(null);
    return paths.isEmpty()
        ? null
        : "The bytes of %s were not kept; put the file back and run the notebook again."
            .formatted(String.join(", ", paths));
  }

  /** What was too large to be kept may still lie where it was read. */
  private static boolean isStillThere(Path place, Digest digest, Workspace workspace) {
    try {
      if (Files.isRegularFile(place)) {
        try (InputStream bytes = Files.newInputStream(place)) {
          workspace.inputs().keep(digest, bytes);
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      return false; // other bytes by now, or not ours to read
    }
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
        clock.instant(),
        Verdict.NOT_RUN,
        why,
        original.history().size(),
        0,
        Duration.between(began, clock.instant()).toMillis(),
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
