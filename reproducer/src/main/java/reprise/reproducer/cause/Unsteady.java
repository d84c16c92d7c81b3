package reprise.reproducer.cause;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Chance;
import reprise.ledger.Explanation;
import reprise.ledger.Run;
import reprise.ledger.Step;
import reprise.reproducer.comparison.Alignment.Pair;
import reprise.reproducer.comparison.Comparison;
import reprise.reproducer.comparison.Forgiveness;

/** Why a run does not even come out as itself when it is replayed. */
final class Unsteady {
  private static final String ONE_THREAD =
      "-Djava.util.concurrent.ForkJoinPool.common.parallelism=1";

  private final List<Pair> pairs;

  /**
   * @param pairs those of the run in question on the left
   */
  Unsteady(List<Pair> pairs) {
    this.pairs = pairs;
  }

  /** Replays it with these factors, and says what came of it. */
  @FunctionalInterface
  interface Attempts {
    Trial.Result with(List<Factor> swapped) throws IOException;
  }

  /**
   * @param first what came of a replay with nothing swapped
   */
  Found why(Trial.Result first, Attempts attempts) throws IOException {
    if (agree(first, attempts.with(List.of()))) {
      String command = child();
      return command == null
          ? Found.nothing(
              "replays agree with one another, but not with the record: what made the difference is"
                  + " not recorded, or is gone from this machine")
          : byExclusion(command);
    }
    Factor one = oneThread();
    if (agree(attempts.with(List.of(one)), attempts.with(List.of(one)))) {
      return Found.proved("%s (%s)".formatted(one.kind(), "threads that overtake one another"));
    }
    Integer secure = secureRandom();
    return Found.nothing(
        secure != null
            ? "step %d draws from SecureRandom, which no replay can have again".formatted(secure)
            : "it does not come out the same twice, not even on one thread");
  }

  /** What is left where all that is recorded was as it had been. */
  static Found byExclusion(String command) {
    return Found.byExclusion(
        "%s (%s)".formatted(Explanation.Factor.CHILD_PROCESS, command),
        "by exclusion: all else was as recorded, and what a child process reads is not recorded");
  }

  private static Factor oneThread() {
    return new Factor(
        Explanation.Factor.THREAD_COUNT,
        "one",
        draft -> {
          draft.environment().put("processors", 1);
          draft.environment().withArrayProperty("flags").add(ONE_THREAD);
        });
  }

  /** Whether two replays came out alike. */
  private static boolean agree(Trial.Result one, Trial.Result another) {
    Run left = one.replayed();
    Run right = another.replayed();
    return left != null
        && right != null
        && Comparison.of(
                left,
                right,
                Comparison.pair(left, right),
                List.of(),
                Forgiveness.NONE,
                left.startedAt(),
                Duration.ZERO)
            .divergences()
            .isEmpty();
  }

  /** The command of the last process that a step started; null if none did. */
  @Nullable String child() {
    return Children.last(steps());
  }

  private @Nullable Integer secureRandom() {
    for (Step step : steps()) {
      Chance chance = step.chance();
      if (chance != null && chance.used().contains(Chance.Source.SECURE_RANDOM)) {
        return step.step();
      }
    }
    return null;
  }

  private List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    for (Pair pair : pairs) {
      Step left = pair.left();
      if (left != null) {
        steps.add(left);
      }
    }
    return steps;
  }
}
