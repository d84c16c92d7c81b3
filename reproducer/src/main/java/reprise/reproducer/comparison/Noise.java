package reprise.reproducer.comparison;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Reproduction.Kind;
import reprise.ledger.Run;
import reprise.ledger.Step;

/** How far replays of one run are from one another. */
final class Noise implements Forgiveness {
  private final int replays;
  private final Map<Thing, Spread> spreads = new HashMap<>();

  private Noise(int replays) {
    this.replays = replays;
  }

  static Noise among(Run original, List<Run> replays) {
    if (replays.size() < 2) {
      throw new IllegalArgumentException("Noise shows between two replays at least.");
    }
    List<Map<Integer, Step>> paired = new ArrayList<>();
    replays.forEach(replay -> paired.add(Comparison.pair(original, replay)));
    Noise noise = new Noise(replays.size());
    for (Step step : original.history()) {
      for (int i = 0; i < paired.size(); i++) {
        for (int j = i + 1; j < paired.size(); j++) {
          noise.add(step.step(), paired.get(i).get(step.step()), paired.get(j).get(step.step()));
        }
      }
    }
    return noise;
  }

  private void add(int step, @Nullable Step one, @Nullable Step other) {
    if (one != null && other != null) {
      Ground counted = new Ground("counted", true);
      new StepComparison(
          one,
          other,
          false,
          difference -> {
            spreads
                .computeIfAbsent(
                    new Thing(step, difference.kind(), difference.what()), thing -> new Spread())
                .add(difference);
            return counted;
          });
    }
  }

  @Override
  public @Nullable Ground of(Difference difference) {
    Spread spread = spreads.get(new Thing(difference.step(), difference.kind(), difference.what()));
    return spread != null && difference.kind() != Kind.OUTCOME && spread.reaches(difference)
        ? new Ground("noise of %d replays".formatted(replays), true)
        : null;
  }

  private record Thing(int step, Kind kind, String what) {}

  /** The farthest that two replays are from one another in one thing. */
  private static final class Spread {
    private final Map<String, double[]> farthest = new HashMap<>();
    private boolean isOtherwise;

    void add(Difference difference) {
      Numbers one = Numbers.in(difference.before());
      Numbers other = Numbers.in(difference.now());
      if (!one.alike(other)) {
        isOtherwise = true;
        return;
      }
      double[] distances = one.distances(other);
      double[] before = farthest.putIfAbsent(one.around(), distances);
      for (int i = 0; before != null && i < before.length; i++) {
        before[i] = Math.max(before[i], distances[i]);
      }
    }

    boolean reaches(Difference difference) {
      Numbers one = Numbers.in(difference.before());
      Numbers other = Numbers.in(difference.now());
      double[] allowed = farthest.get(one.around());
      if (!one.alike(other) || allowed == null) {
        return isOtherwise;
      }
      double[] distances = one.distances(other);
      for (int i = 0; i < distances.length; i++) {
        if (!(distances[i] <= allowed[i])) {
          return false;
        }
      }
      return true;
    }
  }
}
