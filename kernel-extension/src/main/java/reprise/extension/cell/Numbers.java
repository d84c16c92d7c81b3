package reprise.extension.cell;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import jdk.jshell.JShell;
import jdk.jshell.VarSnippet;
import reprise.ledger.Flow;
import reprise.ledger.Pipeline;

/**
 * The numbers that JShell gives to snippets and results. They show in outputs, so what is left out
 * of a replay must leave a gap in them.
 */
final class Numbers {
  /** The compiler takes its time over very long declarations. */
  private static final int MOST_AT_ONCE = 500;

  private final DataFlow flow;
  private int results;

  Numbers(DataFlow flow) {
    this.flow = flow;
  }

  /** The name of the next result that has none of its own, as JShell would call it. */
  String nextResult() {
    results++;
    return "$" + results;
  }

  /**
   * JShell numbers a variable when it first hears of its name. It is told of names that nobody
   * declares, and never of what they hold.
   */
  void leaveOut(Pipeline.Gap gap, JShell shell) {
    int next = flow.numbering().snippets() + 1;
    List<String> names = List.copyOf(names(gap, next, shell));
    for (int from = 0; from < names.size(); from += MOST_AT_ONCE) {
      List<String> some = names.subList(from, Math.min(names.size(), from + MOST_AT_ONCE));
      shell.sourceCodeAnalysis().wrappers("int " + String.join(", ", some) + ";");
    }
    flow.goOnFrom(new Flow.Numbering(next - 1 + names.size(), gap.until().results()));
    results = Math.max(results, gap.until().results());
  }

  /** As many as there are numbers left out; first of those that are declared again later on. */
  private static Set<String> names(Pipeline.Gap gap, int next, JShell shell) {
    Set<String> known =
        shell.variables().map(VarSnippet::name).collect(Collectors.toCollection(HashSet::new));
    Set<String> names = new LinkedHashSet<>();
    for (String variable : gap.variables()) {
      if (next + names.size() <= gap.until().snippets() && known.add(variable)) {
        names.add(variable);
      }
    }
    while (next + names.size() <= gap.until().snippets()) {
      names.add("reprise$" + (next + names.size()));
    }
    return names;
  }
}
