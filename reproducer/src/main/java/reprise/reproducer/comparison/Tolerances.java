package reprise.reproducer.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Reproduction.Kind;

/** How far numbers may be from one another, each by its name. */
final class Tolerances implements Forgiveness {
  private final List<Tolerance> all;

  private Tolerances(List<Tolerance> all) {
    this.all = all;
  }

  static Tolerances of(Map<String, String> asked) {
    List<Tolerance> all = new ArrayList<>();
    asked.forEach((name, bound) -> all.add(Tolerance.of(name, bound)));
    return new Tolerances(all);
  }

  @Override
  public @Nullable Ground of(Difference difference) {
    if (difference.kind() == Kind.OUTCOME || difference.kind() == Kind.DATA) {
      return null;
    }
    String before = difference.before();
    String now = difference.now();
    List<String> used = new ArrayList<>();
    for (Tolerance tolerance : all) {
      Tolerance.Pair pair = tolerance.apply(difference.what(), before, now);
      if (pair != null) {
        used.add(tolerance.toString());
        before = pair.before();
        now = pair.now();
      }
    }
    return !used.isEmpty() && Sameness.of(before, now).isPresent()
        ? new Ground(String.join(", ", used), false)
        : null;
  }
}
