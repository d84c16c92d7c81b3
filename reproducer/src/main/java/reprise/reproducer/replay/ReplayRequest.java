package reprise.reproducer.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.eclipse.jgit.api.errors.JGitInternalException;
import org.jspecify.annotations.Nullable;
import reprise.ledger.BlobFolder;
import reprise.ledger.Home;
import reprise.ledger.Reproduction;
import reprise.ledger.Reproduction.Divergence;
import reprise.ledger.Reproduction.Excerpt;
import reprise.ledger.Run;
import reprise.ledger.RunEvent;
import reprise.ledger.Step;
import reprise.ledger.Verdict;
import reprise.ledger.slice.Slice;
import reprise.reproducer.comparison.Comparison;
import reprise.reproducer.execution.InstalledJdk;
import reprise.reproducer.notebook.NotAJavaNotebook;
import reprise.reproducer.notebook.NotebookFile;

/**
 * A run that is to be replayed, as it was or otherwise, whole or in part. A slice is believed only
 * if its steps come out as they had; else the whole history is replayed.
 */
public final class ReplayRequest {
  private final Run original;
  private final Run part;
  private final Alterations alterations;
  private final ChangedParameters parameters;
  private final LiveData live;
  private final Map<String, String> secrets;
  private final Host host;
  private final @Nullable InstalledJdk jdk;
  private @Nullable Run replayed;
  private @Nullable String otherJdk;

  /**
   * Checks what is asked for, and executes nothing yet.
   *
   * @param secrets what was masked in the record, by name, as far as it is not among the host's
   *     variables
   * @throws NotOfThisRun if the alterations speak of what the run does not have
   */
  public ReplayRequest(
      Run original, Alterations alterations, Map<String, String> secrets, Host host) {
    this.original = original;
    this.alterations = alterations;
    this.secrets = Map.copyOf(secrets);
    this.host = host;
    this.part = upTo(original, alterations.to());
    this.parameters = ChangedParameters.of(part, alterations.parameters());
    this.live = LiveData.of(part, alterations.liveData(), alterations.parameters().values());
    this.jdk = alterations.jdk() == null ? null : chosen(alterations.jdk());
  }

  private static Run upTo(Run run, @Nullable Integer last) {
    if (last == null) {
      return run;
    }
    if (run.history().stream().noneMatch(step -> step.step() == last)) {
      throw new NotOfThisRun(
          "This run has no step %d; its steps are %s.".formatted(last, numbers(run)));
    }
    return run.only(run.history().stream().filter(step -> step.step() <= last).toList());
  }

  private static InstalledJdk chosen(Path home) {
    return InstalledJdk.at(home)
        .orElseThrow(
            () ->
                new NotOfThisRun(
                    "There is no JDK at %s; --jdk wants the folder that has bin/java in it."
                        .formatted(home)));
  }

  private static String numbers(Run run) {
    List<Step> steps = run.history();
    return steps.isEmpty()
        ? "none"
        : "%d to %d".formatted(steps.get(0).step(), steps.get(steps.size() - 1).step());
  }

  /**
   * Replays and compares.
   *
   * @param standard by which it is judged
   * @param expected told how many cells will be executed, before each time that they are
   * @param progress told of each event of each replay
   */
  public Reproduction fulfil(Standard standard, IntConsumer expected, Consumer<RunEvent> progress)
      throws IOException {
    Reproduction reproduction =
        alterations.sliced()
            ? slice(standard, expected, progress)
            : excerpt(
                replay(Part.whole(part), standard, expected, progress), List.of(), null, List.of());
    List<String> lines = altered();
    Excerpt excerpt = reproduction.excerpt();
    if (!lines.isEmpty() && excerpt != null && !excerpt.leftOut().isEmpty()) {
      lines.add(
          "with that, what was left out is taken to be without effect; only a replay of the same"
              + " could prove it");
    }
    return reproduction.altered(alterations.parameters(), lines);
  }

  /**
   * Some of its steps, to be replayed by themselves.
   *
   * @param steps their numbers
   * @param handed where files lie that earlier stages made, by the paths that cells know
   * @param host where this stage alone is replayed
   */
  public StageReplay stage(List<Integer> steps, Map<Path, Path> handed, Host host) {
    List<Integer> others =
        part.history().stream().map(Step::step).filter(it -> !steps.contains(it)).toList();
    Part few = Part.without(new HashSet<>(others), part);
    Replay replay = new Replay(few, alterations, parameters, live.with(handed), secrets, host);
    int last = steps.get(steps.size() - 1);
    return new StageReplay(
        replay,
        few.run(),
        host,
        reproduction ->
            reproduction
                .of(new Excerpt(last, others, null, List.of()), original.history().size())
                .altered(alterations.parameters(), altered()));
  }

  private Reproduction replay(
      Part of, Standard standard, IntConsumer expected, Consumer<RunEvent> progress)
      throws IOException {
    long cells = of.run().history().stream().filter(Comparison::canBeReplayed).count();
    expected.accept((int) cells * standard.times());
    Replay replay = new Replay(of, alterations, parameters, live, secrets, host);
    try {
      Reproduction reproduction = replay.run(standard, progress);
      replayed = replay.replayed();
      return reproduction;
    } finally {
      otherJdk = replay.otherJdk();
    }
  }

  /**
   * What is to be said of the JDK of the last replay; null if it was the recorded one, or one that
   * was asked for.
   */
  public @Nullable String otherJdk() {
    return otherJdk;
  }

  /** The run that the last replay became; null as long as there is none. */
  public @Nullable Run replayed() {
    return replayed;
  }

  /** What is told of a replay that went wrong in a way that nobody foresaw. */
  public Reproduction failed(String why) {
    return new Reproduction(
            original.run(),
            null,
            host.clock().instant(),
            Verdict.NOT_RUN,
            why,
            original.history().size(),
            0,
            0,
            List.of(),
            List.of(),
            List.of(),
            List.of())
        .altered(alterations.parameters(), altered());
  }

  private Reproduction slice(Standard standard, IntConsumer expected, Consumer<RunEvent> progress)
      throws IOException {
    List<Step> steps = part.history().stream().filter(Comparison::canBeReplayed).toList();
    if (steps.isEmpty()) {
      return replay(Part.whole(part), standard, expected, progress);
    }
    Slice slice = Slice.of(steps);
    List<String> hidden =
        hiddenState(steps.stream().filter(it -> slice.needed().contains(it.step())).toList());
    String unproved = unknown(slice);
    if (unproved == null) {
      Part few = Part.without(new HashSet<>(slice.leftOut()), part);
      Reproduction sliced = replay(few, standard, expected, progress);
      unproved = unproved(sliced);
      if (unproved == null || slice.leftOut().isEmpty()) {
        return excerpt(sliced, slice.leftOut(), null, hidden);
      }
    }
    return excerpt(
        replay(Part.whole(part), standard, expected, progress), List.of(), unproved, hidden);
  }

  private static @Nullable String unknown(Slice slice) {
    return slice.unknown() == null
        ? null
        : "nothing could be left out, since the record does not say what step %d uses; the whole history was replayed"
            .formatted(slice.unknown());
  }

  /** Where something was changed on purpose, steps may come out otherwise, but not fail by it. */
  private @Nullable String unproved(Reproduction sliced) {
    boolean mayDiffer = !altered().isEmpty();
    return sliced.divergences().stream()
        .filter(it -> !mayDiffer || it.kind() == Reproduction.Kind.OUTCOME)
        .findFirst()
        .map(ReplayRequest::unproved)
        .orElse(null);
  }

  private static String unproved(Divergence first) {
    return "the slice did not prove: step %d came out otherwise (%s); the whole history was replayed"
        .formatted(first.step(), first.what());
  }

  private Reproduction excerpt(
      Reproduction reproduction,
      List<Integer> leftOut,
      @Nullable String unproved,
      List<String> hidden) {
    Integer to = alterations.to();
    if (to == null && !alterations.sliced()) {
      return reproduction;
    }
    List<Step> steps = part.history();
    int last = to != null ? to : steps.get(steps.size() - 1).step();
    return reproduction.of(new Excerpt(last, leftOut, unproved, hidden), original.history().size());
  }

  /** In what the replay is meant to be otherwise, a line each. */
  private List<String> altered() {
    List<String> lines = new ArrayList<>(parameters.lines());
    lines.addAll(live.lines());
    if (alterations.freshChance()) {
      lines.add("chance was not as recorded: random numbers and the clock were new");
    }
    if (jdk != null) {
      lines.add("the JDK was %s".formatted(jdk));
    }
    Integer processors = host.limits().processors();
    if (processors != null && processors != original.environment().processors()) {
      lines.add(
          "the processors were %d rather than %d"
              .formatted(processors, original.environment().processors()));
    }
    if (alterations.online()) {
      lines.add("the network was asked again, instead of giving what it had answered");
    }
    return lines;
  }

  private List<String> hiddenState(List<Step> needed) {
    String notebook = original.notebook().path();
    Step last = original.history().get(original.history().size() - 1);
    if (notebook == null || last.snapshot() == null) {
      return List.of();
    }
    Path place = Path.of(notebook);
    BlobFolder nowhere = new BlobFolder(Home.of(host.variables()).root().resolve("replays"));
    try (CodeNeeds code = CodeNeeds.fetch(original, host.evidence(), nowhere)) {
      byte[] now = code.file(last, place);
      return now == null
          ? List.of()
          : new HiddenState(original.history(), NotebookFile.of(place, now).cells()).of(needed);
    } catch (IOException | JGitInternalException | NotAJavaNotebook e) {
      return List.of(); // the history is away, or the notebook is none; the replay does not mind
    }
  }
}
