package reprise.reproducer.cause;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import reprise.ledger.Explanation;
import reprise.ledger.Jar;
import reprise.ledger.Step;
import reprise.ledger.Wire;

/** In what else a step that both runs have may differ: jars that came with it, lines typed. */
final class StepFactors {
  private StepFactors() {}

  static List<Factor> between(int place, Step base, Step other) {
    List<Factor> factors = new ArrayList<>();
    JsonNode theirs = Wire.JSON.valueToTree(other);
    if (!base.inputs().equals(other.inputs())) {
      factors.add(
          new Factor(
              Explanation.Factor.TYPED_INPUT,
              "what was typed in step %d".formatted(base.step()),
              draft -> Draft.put(draft.step(place), "inputs", theirs.path("inputs"))));
    }
    if (base.source().equals(other.source()) && !digests(base).equals(digests(other))) {
      factors.add(
          new Factor(
              Explanation.Factor.DEPENDENCY_JAR,
              "the jars of step %d".formatted(base.step()),
              draft -> Draft.put(draft.step(place), "jars", theirs.path("jars"))));
    }
    return factors;
  }

  private static List<String> digests(Step step) {
    return step.jars().stream().map(Jar::digest).map(String::valueOf).sorted().toList();
  }
}
