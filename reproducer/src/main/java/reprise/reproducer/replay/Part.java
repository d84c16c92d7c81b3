package reprise.reproducer.replay;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Flow;
import reprise.ledger.Flow.DeclarationKind;
import reprise.ledger.Flow.Name;
import reprise.ledger.Pipeline;
import reprise.ledger.Run;
import reprise.ledger.Step;

/** What of a run is replayed: its steps, and the gaps before them where others are left out. */
final class Part {
  private final Run run;
  private final Map<Integer, Pipeline.Gap> gaps = new HashMap<>();

  private Part(Run run) {
    this.run = run;
  }

  /** All steps of the run. */
  static Part whole(Run run) {
    return new Part(run);
  }

  /** All but those with these numbers. */
  static Part without(Set<Integer> leftOut, Run run) {
    Part part =
        new Part(
            run.only(
                run.history().stream().filter(step -> !leftOut.contains(step.step())).toList()));
    Set<String> again = new LinkedHashSet<>();
    part.run.history().forEach(step -> again.addAll(variables(step)));
    Set<String> before = new LinkedHashSet<>();
    boolean isBehindGap = false;
    for (Step step : run.history()) {
      if (leftOut.contains(step.step())) {
        isBehindGap = true;
        before.addAll(variables(step));
      } else {
        before.retainAll(again);
        Flow.Numbering until = numbering(step);
        if (isBehindGap && until != null) {
          part.gaps.put(step.step(), new Pipeline.Gap(until, List.copyOf(before)));
        }
        isBehindGap = false;
        before.clear();
      }
    }
    return part;
  }

  private static List<String> variables(Step step) {
    Flow flow = step.flow();
    return flow == null
        ? List.of()
        : flow.defined().stream()
            .filter(name -> name.kind() == DeclarationKind.VARIABLE)
            .map(Name::name)
            .toList();
  }

  private static Flow.@Nullable Numbering numbering(Step step) {
    Flow flow = step.flow();
    return flow == null ? null : flow.numbering();
  }

  /** The run with these steps only. */
  Run run() {
    return run;
  }

  /** What is left out before a step; null if nothing is. */
  Pipeline.@Nullable Gap before(Step step) {
    return gaps.get(step.step());
  }
}
