package reprise.reproducer.comparison;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Run;
import reprise.ledger.Step;

/**
 * Which steps of two runs belong together. First those of the same cell, or of the same source, as
 * many as there are in the same order in both (a longest common subsequence); then what is left
 * between two such pairs, in its order; the rest stands alone.
 */
public final class Alignment {
  private final List<Pair> pairs;

  private Alignment(List<Pair> pairs) {
    this.pairs = List.copyOf(pairs);
  }

  /** Steps that belong together; one of them is null where a step stands alone. */
  public record Pair(@Nullable Step left, @Nullable Step right) {}

  /** Aligns the histories. */
  public static Alignment of(Run left, Run right) {
    return of(left.history(), right.history());
  }

  static Alignment of(List<Step> left, List<Step> right) {
    List<Pair> pairs = new ArrayList<>();
    int[][] longest = longest(left, right);
    int i = 0;
    int j = 0;
    int gapLeft = 0;
    int gapRight = 0;
    while (i < left.size() && j < right.size()) {
      if (isSame(left.get(i), right.get(j))) {
        fill(left.subList(gapLeft, i), right.subList(gapRight, j), pairs);
        pairs.add(new Pair(left.get(i++), right.get(j++)));
        gapLeft = i;
        gapRight = j;
      } else if (longest[i + 1][j] >= longest[i][j + 1]) {
        i++;
      } else {
        j++;
      }
    }
    fill(left.subList(gapLeft, left.size()), right.subList(gapRight, right.size()), pairs);
    return new Alignment(pairs);
  }

  /** In an order that neither history contradicts. */
  public List<Pair> pairs() {
    return pairs;
  }

  /** What belongs together by nothing but its place. */
  private static void fill(List<Step> left, List<Step> right, List<Pair> pairs) {
    int both = left.size() == right.size() ? left.size() : 0; // else nobody knows which is new
    for (int i = 0; i < both; i++) {
      pairs.add(new Pair(left.get(i), right.get(i)));
    }
    left.subList(both, left.size()).forEach(step -> pairs.add(new Pair(step, null)));
    right.subList(both, right.size()).forEach(step -> pairs.add(new Pair(null, step)));
  }

  private static boolean isSame(Step left, Step right) {
    return left.cell().equals(right.cell()) || left.source().equals(right.source());
  }

  /** For each rest of both lists, how many pairs there can be in it at most. */
  private static int[][] longest(List<Step> left, List<Step> right) {
    int[][] longest = new int[left.size() + 1][right.size() + 1];
    for (int i = left.size() - 1; i >= 0; i--) {
      for (int j = right.size() - 1; j >= 0; j--) {
        longest[i][j] =
            isSame(left.get(i), right.get(j))
                ? longest[i + 1][j + 1] + 1
                : Math.max(longest[i + 1][j], longest[i][j + 1]);
      }
    }
    return longest;
  }
}
