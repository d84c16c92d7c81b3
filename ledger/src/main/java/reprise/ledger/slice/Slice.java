package reprise.ledger.slice;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Flow.DeclarationKind;
import reprise.ledger.Flow.Name;
import reprise.ledger.Step;

/**
 * The steps without which the last one would not come out as it did. Rather one too many than one
 * too few: an object that a step had in hands it may have changed. What cannot be seen here, such
 * as what libraries keep for themselves, shows when the slice is replayed.
 */
public final class Slice {
  private final List<Step> steps;
  private final Effects effects;
  private final Map<Integer, Step> byNumber = new HashMap<>();
  private final Set<Integer> needed = new TreeSet<>();

  Slice(List<Step> steps) {
    this.steps = steps;
    this.effects = new Effects(steps);
    steps.forEach(step -> byNumber.put(step.step(), step));
  }

  /** Computes what the last of {@code steps} needs of those before it. */
  public static Slice of(List<Step> steps) {
    Slice slice = new Slice(List.copyOf(steps));
    if (slice.unknown() == null) {
      slice.find(steps.get(steps.size() - 1));
    } else {
      steps.forEach(step -> slice.needed.add(step.step()));
    }
    return slice;
  }

  /** The first step of which nobody knows what it uses, so that nothing can be left out. */
  public @Nullable Integer unknown() {
    return steps.stream()
        .filter(step -> step.flow() == null)
        .map(Step::step)
        .findFirst()
        .orElse(null);
  }

  /** The numbers of the steps that are needed. */
  public Set<Integer> needed() {
    return needed;
  }

  /** The numbers of those that are not, in order. */
  public List<Integer> leftOut() {
    return steps.stream().map(Step::step).filter(step -> !needed.contains(step)).toList();
  }

  private void find(Step last) {
    Deque<Step> open = new ArrayDeque<>();
    need(last, open);
    for (Step step : steps) {
      if (concernsAll(step)) {
        need(step, open);
      }
    }
    while (!open.isEmpty()) {
      before(open.remove()).forEach(step -> need(step, open));
    }
  }

  private void need(Step step, Collection<Step> open) {
    if (needed.add(step.step())) {
      open.add(step);
    }
  }

  /** Whether it may set something that every later step depends on. */
  boolean concernsAll(Step step) {
    return Text.hasMagic(step) || setsForAll(step);
  }

  /** What it does itself, or by what it calls. */
  private boolean setsForAll(Step step) {
    return Text.setsForAll(step)
        || Effects.used(step).stream()
            .filter(name -> name.kind() != DeclarationKind.VARIABLE)
            .map(name -> byNumber.get(name.step()))
            .filter(Objects::nonNull)
            .anyMatch(Text::setsForAll);
  }

  /** The steps that this one needs at first hand. */
  private List<Step> before(Step step) {
    return before(step, true);
  }

  /**
   * The same.
   *
   * @param files whether also for the files that they wrote
   */
  List<Step> before(Step step, boolean files) {
    Set<Name> used = Effects.used(step);
    List<Step> earlier = steps.stream().filter(it -> it.step() < step.step()).toList();
    Aliases aliases = new Aliases();
    earlier.forEach(it -> aliases.join(effects.inHands(it)));
    List<Step> found = new ArrayList<>();
    for (Step it : earlier) {
      boolean isUsed =
          used.stream().anyMatch(name -> name.step() == it.step())
              || aliases.meet(used, effects.changed(it));
      boolean meet = files ? Outside.links(it, step) : Outside.meetElsewhere(it, step);
      if (isUsed || redeclares(step, it) || Text.imports(it, step) || meet) {
        found.add(it);
      }
    }
    return found;
  }

  /** JShell calls the class Foo otherwise when it is declared for the second time. */
  private boolean redeclares(Step step, Step earlier) {
    return effects.declared(step).stream()
        .filter(name -> name.kind() == DeclarationKind.TYPE)
        .anyMatch(
            name ->
                effects.declared(earlier).stream()
                    .anyMatch(
                        it -> it.kind() == DeclarationKind.TYPE && it.name().equals(name.name())));
  }
}
