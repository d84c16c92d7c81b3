package reprise.ledger.slice;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import reprise.ledger.Chance;
import reprise.ledger.Data.Direction;
import reprise.ledger.Flow.Name;
import reprise.ledger.Stage;
import reprise.ledger.Step;

/**
 * A run cut where nothing but files crosses. Steps that only prepare, such as imports, definitions
 * and constants, belong to every stage that needs them; all others to one. Stages are in an order
 * in which each comes after those whose files it reads.
 */
public final class Stages {
  private static final Set<Direction> LOOKING = Set.of(Direction.LOOKED_AT, Direction.MISSED);

  private final List<Step> steps;
  private final Slice slice;
  private final Set<Integer> preparing = new TreeSet<>();
  private final Map<Integer, Integer> leaders = new HashMap<>();

  private Stages(List<Step> steps) {
    this.steps = steps;
    this.slice = new Slice(steps);
  }

  /** The stages of these steps, which are in their order; one if nobody knows what a step uses. */
  public static List<Stage> of(List<Step> steps) {
    Stages stages = new Stages(List.copyOf(steps));
    if (steps.isEmpty()) {
      return List.of();
    }
    if (stages.slice.unknown() != null) {
      return List.of(
          new Stage(1, steps.stream().map(Step::step).toList(), List.of(), millis(steps)));
    }
    stages.findPreparing();
    stages.join();
    stages.joinCircles();
    return stages.inOrder();
  }

  /** How long the longest chain of stages takes, in milliseconds: no number of JVMs is quicker. */
  public static long longestChain(List<Stage> stages) {
    Map<Integer, Long> ends = new HashMap<>();
    long last = 0;
    for (Stage stage : stages) {
      long begin =
          stage.after().stream().mapToLong(it -> ends.getOrDefault(it, 0L)).max().orElse(0);
      ends.put(stage.number(), begin + stage.millis());
      last = Math.max(last, begin + stage.millis());
    }
    return last;
  }

  /** What is done twice must do nothing that shows, and hold nothing that somebody changes. */
  private void findPreparing() {
    Set<Name> changed = new HashSet<>();
    Effects effects = new Effects(steps);
    steps.forEach(step -> changed.addAll(effects.changed(step)));
    for (Step step : steps) {
      boolean isHeld = changed.stream().anyMatch(name -> name.step() == step.step());
      boolean standsAlone =
          slice.before(step, false).stream().allMatch(it -> preparing.contains(it.step()));
      if (doesNothing(step) && !isHeld && standsAlone) {
        preparing.add(step.step());
      }
    }
  }

  private static boolean doesNothing(Step step) {
    Chance chance = step.chance();
    return step.outcome() != null
        && step.outcome().succeeded()
        && step.data().stream().allMatch(it -> LOOKING.contains(it.direction()))
        && (chance == null || chance.used().isEmpty())
        && step.outputs().isEmpty()
        && step.children().isEmpty()
        && step.inputs().isEmpty()
        && step.metrics().isEmpty()
        && step.engines().isEmpty();
  }

  private void join() {
    for (Step step : steps) {
      if (!preparing.contains(step.step())) {
        leaders.putIfAbsent(step.step(), step.step());
        for (Step before : slice.before(step, false)) {
          if (!preparing.contains(before.step())) {
            join(before.step(), step.step());
          }
        }
        if (slice.concernsAll(step)) {
          steps.stream()
              .map(Step::step)
              .filter(it -> it > step.step() && !preparing.contains(it))
              .forEach(it -> join(step.step(), it));
        }
      }
    }
  }

  private void join(int one, int other) {
    leaders.putIfAbsent(one, one);
    leaders.putIfAbsent(other, other);
    int first = Math.min(leader(one), leader(other));
    int second = Math.max(leader(one), leader(other));
    leaders.put(second, first);
  }

  private int leader(int step) {
    int at = step;
    while (leaders.getOrDefault(at, at) != at) {
      at = leaders.getOrDefault(at, at);
    }
    return at;
  }

  /** Two that read one another's files must be one. */
  private void joinCircles() {
    boolean changed = true;
    while (changed) {
      changed = false;
      Map<Integer, Set<Integer>> after = after();
      for (Map.Entry<Integer, Set<Integer>> each : after.entrySet()) {
        for (int before : List.copyOf(each.getValue())) {
          if (reaches(before, each.getKey(), after)) {
            join(before, each.getKey());
            changed = true;
          }
        }
        if (changed) {
          break;
        }
      }
    }
  }

  private static boolean reaches(int from, int to, Map<Integer, Set<Integer>> after) {
    Deque<Integer> open = new ArrayDeque<>(after.getOrDefault(from, Set.of()));
    Set<Integer> seen = new HashSet<>();
    while (!open.isEmpty()) {
      int next = open.remove();
      if (next == to) {
        return true;
      }
      if (seen.add(next)) {
        open.addAll(after.getOrDefault(next, Set.of()));
      }
    }
    return false;
  }

  /** By the leader of each part those of the parts whose files it meets. */
  private Map<Integer, Set<Integer>> after() {
    Map<Integer, Set<Integer>> after = new LinkedHashMap<>();
    for (Step later : own()) {
      Set<Integer> found = after.computeIfAbsent(leader(later.step()), leader -> new TreeSet<>());
      for (Step earlier : own()) {
        if (earlier.step() < later.step()
            && leader(earlier.step()) != leader(later.step())
            && Outside.meetInFiles(earlier, later)) {
          found.add(leader(earlier.step()));
        }
      }
    }
    return after;
  }

  private List<Step> own() {
    return steps.stream().filter(step -> !preparing.contains(step.step())).toList();
  }

  private List<Stage> inOrder() {
    Map<Integer, Set<Integer>> after = after();
    Map<Integer, Integer> numbers = new LinkedHashMap<>();
    while (numbers.size() < after.size()) {
      for (Map.Entry<Integer, Set<Integer>> each : after.entrySet()) {
        if (!numbers.containsKey(each.getKey()) && numbers.keySet().containsAll(each.getValue())) {
          numbers.put(each.getKey(), numbers.size() + 1);
        }
      }
    }
    List<Stage> stages = new ArrayList<>();
    numbers.forEach(
        (leader, number) ->
            stages.add(
                new Stage(
                    number,
                    List.copyOf(needed(leader)),
                    after.getOrDefault(leader, Set.of()).stream()
                        .map(it -> numbers.getOrDefault(it, 0))
                        .sorted()
                        .toList(),
                    millis(own().stream().filter(it -> leader(it.step()) == leader).toList()))));
    return stages.isEmpty()
        ? List.of(new Stage(1, steps.stream().map(Step::step).toList(), List.of(), millis(steps)))
        : stages;
  }

  /** Its own steps and those that prepare for it. */
  private Set<Integer> needed(int leader) {
    Set<Integer> needed = new TreeSet<>();
    Deque<Step> open = new ArrayDeque<>();
    for (Step step : steps) {
      boolean isOwn = !preparing.contains(step.step()) && leader(step.step()) == leader;
      boolean isForAll = preparing.contains(step.step()) && slice.concernsAll(step);
      if ((isOwn || isForAll) && needed.add(step.step())) {
        open.add(step);
      }
    }
    while (!open.isEmpty()) {
      for (Step before : slice.before(open.remove(), false)) {
        if (needed.add(before.step())) {
          open.add(before);
        }
      }
    }
    return needed;
  }

  private static long millis(List<Step> steps) {
    long nanos = 0;
    for (Step step : steps) {
      Long took = step.tookNanos();
      nanos += took == null ? 0 : took;
    }
    return nanos / 1_000_000;
  }
}
