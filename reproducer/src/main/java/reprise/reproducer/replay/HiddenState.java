package reprise.reproducer.replay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Flow;
import reprise.ledger.Masked;
import reprise.ledger.Pipeline;
import reprise.ledger.Step;

/**
 * What steps used although it is no longer in the notebook: nobody who opens it could execute it
 * again from there.
 */
final class HiddenState {
  private static final String INJECTED = "injected-parameters";

  private final Map<String, String> sources = new HashMap<>();
  private final Map<Integer, Step> steps = new HashMap<>();

  /**
   * @param history the whole of it
   * @param notebook the cells that are in the notebook now
   */
  HiddenState(List<Step> history, List<Pipeline.Cell> notebook) {
    history.forEach(step -> steps.put(step.step(), step));
    notebook.forEach(cell -> sources.put(cell.cell(), cell.source()));
  }

  /** A line for each thing that one of these steps used. */
  List<String> of(List<Step> users) {
    Set<String> lines = new LinkedHashSet<>();
    for (Step user : users) {
      Flow flow = user.flow();
      for (Flow.Name name : flow == null ? List.<Flow.Name>of() : flow.used()) {
        String why = why(steps.get(name.step()));
        if (why != null) {
          lines.add(
              "step %d used %s of step %d, whose cell %s"
                  .formatted(user.step(), name, name.step(), why));
        }
      }
    }
    return new ArrayList<>(lines);
  }

  /** Null if what the step declared is still there. */
  private @Nullable String why(@Nullable Step declaring) {
    if (declaring == null || declaring.tags().contains(INJECTED)) {
      return null;
    }
    boolean isThere =
        sources.values().stream().anyMatch(source -> isSame(source, declaring.source()));
    if (isThere) {
      return null;
    }
    return sources.containsKey(declaring.cell())
        ? "has been edited since"
        : "is no longer in the notebook";
  }

  private static boolean isSame(String cell, String executed) {
    return Objects.equals(cell.strip(), executed.strip())
        || Masked.same(cell.strip(), executed.strip());
  }
}
