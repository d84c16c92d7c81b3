package reprise.reproducer.comparison;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Outcome;
import reprise.ledger.Reproduction;
import reprise.ledger.Reproduction.Divergence;
import reprise.ledger.Reproduction.Kind;
import reprise.ledger.Reproduction.NormaliserUse;
import reprise.ledger.Reproduction.StepVerdict;
import reprise.ledger.Run;
import reprise.ledger.Step;
import reprise.ledger.Verdict;

/** A run beside its replay, step by step. */
public final class Comparison {
  private static final String OURS = "reprise ";

  private final boolean byOtherKernel;
  private final Forgiveness forgiveness;
  private final List<StepVerdict> verdicts = new ArrayList<>();
  private final List<Divergence> divergences = new ArrayList<>();
  private final List<NormaliserUse> normalisers = new ArrayList<>();
  private final List<String> notCompared = new ArrayList<>();
  private int compared;

  private Comparison(boolean byOtherKernel, Forgiveness forgiveness) {
    this.byOtherKernel = byOtherKernel;
    this.forgiveness = forgiveness;
  }

  /**
   * Compares outcome, outputs, results, errors, written files and values of each step.
   *
   * @param replayed the step of the replay for each step of the original, by the original's number;
   *     one that is missing was not executed again
   * @param remarks what else was not compared, a line each
   * @param forgiveness for differences that count for nothing
   */
  public static Reproduction of(
      Run original,
      Run replay,
      Map<Integer, Step> replayed,
      List<String> remarks,
      Forgiveness forgiveness,
      Instant at,
      Duration took) {
    Comparison comparison = new Comparison(!original.kernel().startsWith(OURS), forgiveness);
    for (Step step : original.history()) {
      comparison.add(step, replayed.get(step.step()));
    }
    comparison.notCompared.addAll(remarks);
    return new Reproduction(
        original.run(),
        replay.run(),
        at,
        comparison.verdict(),
        null,
        original.history().size(),
        comparison.compared,
        took.toMillis(),
        comparison.verdicts,
        comparison.divergences,
        comparison.normalisers,
        comparison.notCompared);
  }

  private void add(Step original, @Nullable Step replayed) {
    if (replayed == null) {
      verdicts.add(new StepVerdict(original.step(), Verdict.NOT_RUN));
      if (canBeReplayed(original)) {
        divergences.add(
            new Divergence(
                original.step(),
                Kind.OUTCOME,
                "outcome",
                "ended",
                "the replay ended before",
                null));
      } else {
        notCompared.add(
            "step %d: %s, so it was not executed again"
                .formatted(original.step(), whyItDidNotEnd(original)));
      }
      return;
    }
    compared++;
    StepComparison step = new StepComparison(original, replayed, byOtherKernel, forgiveness);
    verdicts.add(new StepVerdict(original.step(), step.verdict()));
    divergences.addAll(step.divergences());
    step.normalisers().forEach(name -> normalisers.add(new NormaliserUse(original.step(), name)));
    notCompared.addAll(step.notCompared());
  }

  private static String whyItDidNotEnd(Step step) {
    return step.outcome() == null
        ? "its kernel ended in the middle of it"
        : "it was stopped by hand";
  }

  private Verdict verdict() {
    if (!divergences.isEmpty()) {
      return Verdict.DIVERGED;
    }
    if (compared == 0) {
      return Verdict.NOT_RUN;
    }
    if (verdicts.stream().anyMatch(step -> step.verdict() == Verdict.WITHIN_NOISE)) {
      return Verdict.WITHIN_NOISE;
    }
    return normalisers.isEmpty() ? Verdict.IDENTICAL : Verdict.EQUIVALENT;
  }

  /** Whether a step can be executed again at all: one that was stopped by hand would not end. */
  public static boolean canBeReplayed(Step step) {
    return step.outcome() != null && !(step.outcome() instanceof Outcome.Interrupted);
  }

  /** Pairs the steps that can be replayed with those of the replay, in order. */
  public static Map<Integer, Step> pair(Run original, Run replay) {
    List<Step> again = replay.history();
    List<Step> once = original.history().stream().filter(Comparison::canBeReplayed).toList();
    int both = Math.min(once.size(), again.size());
    return java.util.stream.IntStream.range(0, both)
        .boxed()
        .collect(Collectors.toMap(i -> once.get(i).step(), again::get));
  }
}
