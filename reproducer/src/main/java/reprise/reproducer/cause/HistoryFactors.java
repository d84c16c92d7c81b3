package reprise.reproducer.cause;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Explanation;
import reprise.ledger.Step;
import reprise.reproducer.comparison.Alignment.Pair;

/** Steps that only one of two runs has, or that stand in another place in it. */
final class HistoryFactors {
  private static final String INJECTED = "injected-parameters";

  private final List<Pair> pairs;

  private HistoryFactors(List<Pair> pairs) {
    this.pairs = pairs;
  }

  static List<Factor> between(List<Pair> pairs) {
    HistoryFactors history = new HistoryFactors(pairs);
    List<Factor> factors = new ArrayList<>();
    for (int place = 0; place < pairs.size(); place++) {
      Factor factor = history.at(place);
      if (factor != null) {
        factors.add(factor);
      }
    }
    return factors;
  }

  private @Nullable Factor at(int place) {
    Pair pair = pairs.get(place);
    Step left = pair.left();
    Step right = pair.right();
    if (left != null && right != null) {
      return null;
    }
    Step step = Objects.requireNonNull(left != null ? left : right);
    boolean isOurs = left != null;
    int twin = twin(step, isOurs);
    if (twin >= 0) {
      return isOurs ? moved(place, twin, step) : null; // told once, by the side that has it here
    }
    return new Factor(
        kind(step, isOurs),
        "step %d %s".formatted(step.step(), isOurs ? "left out" : "put in"),
        draft -> {
          draft.include(place, !isOurs);
          countOn(draft);
        });
  }

  /** What stands in the margin changes for all that come later, and errors speak of it. */
  private void countOn(Draft draft) {
    for (int place = 0; place < pairs.size(); place++) {
      Step right = pairs.get(place).right();
      if (right != null && right.executionCount() != null) {
        draft.step(place).put("executionCount", right.executionCount());
      }
    }
  }

  private Factor moved(int from, int to, Step step) {
    return new Factor(
        Explanation.Factor.CELL_ORDER,
        "step %d in another place".formatted(step.step()),
        draft -> {
          draft.include(from, false);
          draft.include(to, true);
          countOn(draft);
        });
  }

  /** Where the same cell stands alone on the other side; -1 if nowhere. */
  private int twin(Step step, boolean isOurs) {
    for (int i = 0; i < pairs.size(); i++) {
      Pair pair = pairs.get(i);
      Step there = isOurs ? pair.right() : pair.left();
      boolean standsAlone = (isOurs ? pair.left() : pair.right()) == null;
      if (standsAlone && there != null && isSameCell(step, there)) {
        return i;
      }
    }
    return -1;
  }

  private Explanation.Factor kind(Step step, boolean isOurs) {
    if (step.tags().contains(INJECTED)) {
      return Explanation.Factor.PARAMETER;
    }
    long times =
        pairs.stream()
            .flatMap(it -> Stream.ofNullable(isOurs ? it.left() : it.right()))
            .filter(it -> isSameCell(step, it))
            .count();
    return times > 1 ? Explanation.Factor.CELL_RAN_TWICE : Explanation.Factor.CELL_DELETED;
  }

  private static boolean isSameCell(Step one, Step another) {
    return one.cell().equals(another.cell()) || one.source().equals(another.source());
  }
}
