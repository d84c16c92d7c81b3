package reprise.reproducer.comparison;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Digest;
import reprise.ledger.Masked;
import reprise.ledger.Reproduction.Divergence;
import reprise.ledger.Reproduction.Kind;
import reprise.ledger.Verdict;

/** What the comparison of one step has found so far. */
final class Findings {
  /** Stands for what is not there on one of the two sides. */
  static final String NOTHING = "(nothing)";

  private static final int LONGEST_SHOWN = 2_000;

  private final int step;
  private final @Nullable String cause;
  private final Forgiveness forgiveness;
  private final List<Divergence> divergences = new ArrayList<>();
  private final Set<String> normalisers = new LinkedHashSet<>();
  private final List<String> notCompared = new ArrayList<>();
  private boolean withinNoise;

  /**
   * @param cause of whatever differs; null if none is known
   */
  Findings(int step, @Nullable String cause, Forgiveness forgiveness) {
    this.step = step;
    this.cause = cause;
    this.forgiveness = forgiveness;
  }

  List<Divergence> divergences() {
    return divergences;
  }

  Set<String> normalisers() {
    return normalisers;
  }

  List<String> notCompared() {
    return notCompared;
  }

  Verdict verdict() {
    if (!divergences.isEmpty()) {
      return Verdict.DIVERGED;
    }
    if (withinNoise) {
      return Verdict.WITHIN_NOISE;
    }
    return normalisers.isEmpty() ? Verdict.IDENTICAL : Verdict.EQUIVALENT;
  }

  /** Without {@code name} the step would have differed. */
  void normalised(String name) {
    normalisers.add(name);
  }

  void notCompared(String what) {
    notCompared.add("step %d: %s".formatted(step, what));
  }

  void compareText(Kind kind, String what, String before, String now) {
    if (Masked.same(before, now)) {
      return;
    }
    Optional<List<Normaliser>> same = Sameness.of(Masked.alike(before), Masked.alike(now));
    if (same.isPresent()) {
      same.get().forEach(normaliser -> normalised(normaliser.label()));
    } else {
      differ(kind, what, before, now);
    }
  }

  void compareDigests(Kind kind, String what, Digest before, Digest now) {
    if (!before.equals(now)) {
      differ(kind, what, before.hex(), now.hex());
    }
  }

  /** Two that are not the same, unless that is forgiven. */
  void differ(Kind kind, String what, String before, String now) {
    Forgiveness.Ground ground =
        forgiveness.of(new Forgiveness.Difference(step, kind, what, before, now));
    if (ground == null) {
      divergences.add(
          new Divergence(
              step,
              kind,
              what,
              cut(aroundFirstDifference(before, now)),
              cut(aroundFirstDifference(now, before)),
              cause));
    } else {
      normalised(ground.name());
      withinNoise |= ground.isNoise();
    }
  }

  /** The part of a long text that is worth showing begins a little before the first difference. */
  private static String aroundFirstDifference(String text, String other) {
    if (text.length() <= LONGEST_SHOWN) {
      return text;
    }
    int same = 0;
    while (same < text.length()
        && same < other.length()
        && text.charAt(same) == other.charAt(same)) {
      same++;
    }
    int from = Math.max(0, same - LONGEST_SHOWN / 4);
    return (from > 0 ? "…" : "") + text.substring(from);
  }

  private static String cut(String text) {
    return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
  }
}
