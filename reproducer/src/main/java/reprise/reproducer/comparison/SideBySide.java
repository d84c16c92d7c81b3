package reprise.reproducer.comparison;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import reprise.ledger.Reproduction;
import reprise.ledger.Reproduction.Divergence;
import reprise.ledger.Run;
import reprise.ledger.Step;
import reprise.reproducer.comparison.Alignment.Pair;

/**
 * Two runs beside one another, as far as they have the same steps.
 *
 * @param pairs steps of the one on the left
 * @param compared what came of it
 */
public record SideBySide(List<Pair> pairs, Reproduction compared) {
  /** Compares each step of the one with that of the other which belongs to it. */
  public static SideBySide of(Run left, Run right) {
    List<Pair> pairs = Alignment.of(left, right).pairs();
    List<Step> both = new ArrayList<>();
    Map<Integer, Step> again = new TreeMap<>();
    for (Pair pair : pairs) {
      if (pair.left() != null && pair.right() != null) {
        both.add(pair.left());
        again.put(pair.left().step(), pair.right());
      }
    }
    Reproduction compared =
        Comparison.of(
            left.only(both),
            right,
            again,
            List.of(),
            Forgiveness.NONE,
            Instant.EPOCH,
            Duration.ZERO);
    return new SideBySide(pairs, compared);
  }

  /** Whether all steps that both have came out alike. */
  public boolean isSame() {
    return compared.divergences().isEmpty();
  }

  /** The pairs up to the first that came out otherwise; there must be one. */
  public List<Pair> upToFirst() {
    int first = compared.divergences().stream().mapToInt(Divergence::step).min().orElseThrow();
    for (int i = 0; i < pairs.size(); i++) {
      Step left = pairs.get(i).left();
      if (left != null && left.step() == first && pairs.get(i).right() != null) {
        return pairs.subList(0, i + 1);
      }
    }
    throw new AssertionError("no pair has step " + first);
  }
}
