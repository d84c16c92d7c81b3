package reprise.reproducer.advice;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Data;
import reprise.ledger.Data.Direction;
import reprise.ledger.Digest;
import reprise.ledger.Run;
import reprise.ledger.Stage;
import reprise.ledger.Step;
import reprise.ledger.Verdict;
import reprise.ledger.slice.Stages;
import reprise.reproducer.advice.Advice.Finding;
import reprise.reproducer.advice.Advice.Way;
import reprise.reproducer.comparison.Comparison;

/**
 * Measures a run against six criteria and recommends the plainest way that does it justice: in
 * order, unless stages side by side would save enough, or its data come when they like.
 */
public final class Adviser {
  /** What another JVM costs; measured, on two cores, from its start to its first cell. */
  private static final Duration JVM = Duration.ofSeconds(2);

  private static final double WORTH_IT = 1.3;
  private static final double IRREGULAR = 3;
  private static final int ENOUGH = 3;
  private static final List<Way> ALL = List.of(Way.values());

  private final Run run;
  private final List<Run> others;
  private final @Nullable Verdict verdict;
  private final List<Stage> stages;
  private final List<Step> steps;

  /**
   * Looks at a run.
   *
   * @param others earlier and later runs of the same notebook, some of them
   * @param verdict of its latest faithful replay; null if there was none
   */
  public Adviser(Run run, List<Run> others, @Nullable Verdict verdict) {
    this.run = run;
    this.others = List.copyOf(others);
    this.verdict = verdict;
    this.steps = run.history().stream().filter(Comparison::canBeReplayed).toList();
    this.stages = Stages.of(steps);
  }

  /** What is recommended. */
  public Advice advice() {
    Finding fresh = freshness();
    Finding scale = scale();
    List<Finding> findings =
        List.of(fresh, skill(), debugging(), scale, reproducibility(), maintenance());
    Way way =
        isOnly(scale, Way.DAG) ? Way.DAG : isOnly(fresh, Way.EVENTS) ? Way.EVENTS : Way.SEQUENTIAL;
    return new Advice(run.run(), way, findings, stages);
  }

  private static boolean isOnly(Finding finding, Way way) {
    return finding.favours().equals(List.of(way));
  }

  /** By when and with what its notebook was run until now. */
  private Finding freshness() {
    List<Instant> times = new ArrayList<>();
    times.add(run.startedAt());
    others.forEach(it -> times.add(it.startedAt()));
    times.sort(null);
    int changes = changesOfInputs();
    if (times.size() <= ENOUGH) {
      return new Finding(
          "how often and how fresh",
          "%d runs are recorded, too few to see a rhythm".formatted(times.size()),
          ALL);
    }
    List<Duration> gaps = new ArrayList<>();
    for (int i = 1; i < times.size(); i++) {
      gaps.add(Duration.between(times.get(i - 1), times.get(i)));
    }
    gaps.sort(null);
    Duration shortest = gaps.get(gaps.size() / 4);
    Duration longest = gaps.get(gaps.size() * 3 / 4);
    boolean irregular =
        longest.toMillis() > shortest.toMillis() * IRREGULAR && changes * 2 >= gaps.size();
    return new Finding(
        "how often and how fresh",
        "half of %d runs came between %s and %s after one another; what they read had changed %d times"
            .formatted(times.size(), words(shortest), words(longest), changes),
        irregular ? List.of(Way.EVENTS) : List.of(Way.SEQUENTIAL, Way.DAG));
  }

  private int changesOfInputs() {
    List<Run> all = new ArrayList<>(others);
    all.add(run);
    all.sort(Comparator.comparing(Run::startedAt));
    int changes = 0;
    for (int i = 1; i < all.size(); i++) {
      changes += inputs(all.get(i)).equals(inputs(all.get(i - 1))) ? 0 : 1;
    }
    return changes;
  }

  private static Map<String, Digest> inputs(Run run) {
    Map<String, Digest> inputs = new HashMap<>();
    Set<String> own = new HashSet<>();
    for (Step step : run.history()) {
      for (Data data : step.data()) {
        Digest digest = data.digest();
        if (data.direction() == Direction.WRITTEN) {
          own.add(data.path());
        } else if (data.direction() == Direction.READ
            && digest != null
            && !own.contains(data.path())) {
          inputs.putIfAbsent(data.path(), digest);
        }
      }
    }
    return inputs;
  }

  private Finding skill() {
    return new Finding(
        "team and skill",
        "%d cells in one notebook; in order it stays what its author knows".formatted(steps.size()),
        List.of(Way.SEQUENTIAL));
  }

  private Finding debugging() {
    long failed =
        steps.stream().filter(it -> it.outcome() != null && !it.outcome().succeeded()).count();
    long runs = others.stream().filter(Adviser::hasFailed).count() + (failed > 0 ? 1 : 0);
    return new Finding(
        "debugging",
        "%d of %d runs had a failed step; a replay shows it in order whatever the way"
            .formatted(runs, others.size() + 1),
        stages.size() > 1 && runs * 4 > others.size() ? List.of(Way.SEQUENTIAL, Way.DAG) : ALL);
  }

  private static boolean hasFailed(Run run) {
    return run.history().stream().anyMatch(it -> it.outcome() != null && !it.outcome().succeeded());
  }

  private Finding scale() {
    long whole = stages.stream().mapToLong(Stage::millis).sum();
    long longest = Stages.longestChain(stages);
    long asGraph = longest + JVM.toMillis();
    double gain = (double) (whole + JVM.toMillis()) / Math.max(1, asGraph);
    boolean worth = stages.size() > 1 && gain >= WORTH_IT && run.environment().processors() > 1;
    return new Finding(
        "scale",
        "it takes %s in %d %s; side by side at best %s, %.1f times as fast, each JVM counted with %s; %s"
            .formatted(
                words(Duration.ofMillis(whole)),
                stages.size(),
                stages.size() == 1 ? "stage" : "stages",
                words(Duration.ofMillis(asGraph)),
                gain,
                words(JVM),
                heaviest(whole)),
        worth ? List.of(Way.DAG) : List.of(Way.SEQUENTIAL, Way.EVENTS));
  }

  private String heaviest(long whole) {
    return steps.stream()
        .max(Comparator.comparingLong(Adviser::nanos))
        .map(
            step ->
                "step %d takes %d %% of it"
                    .formatted(
                        step.step(), Math.round(nanos(step) / 10_000.0 / Math.max(1, whole))))
        .orElse("it has no step");
  }

  private static long nanos(Step step) {
    Long took = step.tookNanos();
    return took == null ? 0 : took;
  }

  private Finding reproducibility() {
    boolean proved =
        verdict == Verdict.IDENTICAL
            || verdict == Verdict.EQUIVALENT
            || verdict == Verdict.WITHIN_NOISE;
    return new Finding(
        "reproducibility",
        verdict == null
            ? "it was never replayed; do that before anything else (reprise replay %s)"
                .formatted(run.run())
            : "its latest replay came out %s".formatted(verdict),
        proved ? ALL : List.of(Way.SEQUENTIAL));
  }

  private Finding maintenance() {
    long written =
        steps.stream()
            .map(Step::data)
            .flatMap(List::stream)
            .filter(it -> it.direction() == Direction.WRITTEN)
            .map(Data::path)
            .distinct()
            .count();
    return new Finding(
        "maintenance",
        "%d files read, %d written, %d jars; in order there is one thing to look after, as a graph %d"
            .formatted(inputs(run).size(), written, jars(), stages.size()),
        stages.size() > ENOUGH ? List.of(Way.SEQUENTIAL, Way.EVENTS) : ALL);
  }

  private long jars() {
    return steps.stream().map(Step::jars).flatMap(List::stream).distinct().count();
  }

  private static String words(Duration duration) {
    if (duration.toHours() >= 48) {
      return duration.toDays() + " days";
    }
    if (duration.toMinutes() >= 90) {
      return "%.1f h".formatted(duration.toMinutes() / 60.0);
    }
    return duration.toSeconds() >= 90
        ? "%d min".formatted(duration.toMinutes())
        : String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }
}
