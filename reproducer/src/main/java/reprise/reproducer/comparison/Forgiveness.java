package reprise.reproducer.comparison;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Reproduction.Kind;
import reprise.ledger.Run;

/** Which differences count for nothing. */
public interface Forgiveness {
  /** Forgives nothing. */
  Forgiveness NONE = difference -> null;

  /**
   * Forgives numbers that are close enough.
   *
   * @param tolerances by the name of a metric or variable, or {@code *} for all numbers: how far
   *     two may be from one another, e.g. {@code 0.01}, or {@code 1%} of the larger
   * @throws IllegalArgumentException if one of them is no such thing
   */
  static Forgiveness within(Map<String, String> tolerances) {
    return Tolerances.of(tolerances);
  }

  /**
   * Forgives what is no further away than replays of the same run are from one another. Of numbers
   * in otherwise equal texts the distance is known; of anything else only whether it varies. How a
   * step ends is never noise.
   *
   * @param replays of {@code original}, two at least
   */
  static Forgiveness noise(Run original, List<Run> replays) {
    return Noise.among(original, replays);
  }

  /** Why this difference is forgiven; null if it is not. */
  @Nullable Ground of(Difference difference);

  /** What this one does not forgive, {@code other} may. */
  default Forgiveness or(Forgiveness other) {
    return difference -> {
      Ground ground = of(difference);
      return ground == null ? other.of(difference) : ground;
    };
  }

  /**
   * Something that is not the same in a step and in its replay.
   *
   * @param what names the thing, as {@link reprise.ledger.Reproduction.Divergence#what} does
   * @param before in full, however long
   */
  record Difference(int step, Kind kind, String what, String before, String now) {}

  /**
   * Why a difference counts for nothing.
   *
   * @param name by which a verdict speaks of it
   * @param isNoise whether the run does not repeat itself any better
   */
  record Ground(String name, boolean isNoise) {}
}
