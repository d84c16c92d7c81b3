package reprise.reproducer.replay;

import java.util.List;
import reprise.ledger.Run;
import reprise.reproducer.comparison.Forgiveness;

/**
 * By what a replay is judged.
 *
 * @param tolerated what counts for nothing, as the person who asks says
 * @param times how often the run is replayed; from twice on it shows how well it repeats itself,
 *     and what is no further away than that is noise
 */
public record Standard(Forgiveness tolerated, int times) {
  /** One replay, of which nothing is forgiven. */
  public static final Standard STRICT = new Standard(Forgiveness.NONE, 1);

  public Standard {
    if (times < 1) {
      throw new IllegalArgumentException(
          "A run is replayed once at least; give --times 1 or more.");
    }
  }

  Forgiveness forgiveness(Run original, List<Run> replays) {
    return replays.size() < 2 ? tolerated : tolerated.or(Forgiveness.noise(original, replays));
  }
}
