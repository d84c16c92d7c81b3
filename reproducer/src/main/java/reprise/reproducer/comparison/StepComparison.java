package reprise.reproducer.comparison;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Chance;
import reprise.ledger.ChildProcess;
import reprise.ledger.Engine;
import reprise.ledger.Masked;
import reprise.ledger.Metric;
import reprise.ledger.Outcome;
import reprise.ledger.Reproduction.Divergence;
import reprise.ledger.Reproduction.Kind;
import reprise.ledger.Step;
import reprise.ledger.Value;
import reprise.ledger.Verdict;
import reprise.ledger.Wire;

/** One step beside its replay. */
final class StepComparison {
  private final Step expected;
  private final Step actual;
  private final Findings findings;

  StepComparison(Step expected, Step actual) {
    this(expected, actual, false, Forgiveness.NONE);
  }

  /**
   * @param byOtherKernel whether a kernel that is not ours executed the original
   */
  StepComparison(Step expected, Step actual, boolean byOtherKernel, Forgiveness forgiveness) {
    this.expected = expected;
    this.actual = actual;
    OutsideWorld world = new OutsideWorld(expected, actual);
    boolean foreignMagic = byOtherKernel && lacksAMagic(actual.outcome());
    String cause = foreignMagic ? "its kernel has a magic that Reprise has not" : world.cause();
    findings = new Findings(expected.step(), cause, forgiveness);
    world.notKept().forEach(findings::notCompared);
    if (foreignMagic && expected.outcome() instanceof Outcome.Failed) {
      findings.notCompared("its error, for each kernel says in its own way what is no magic to it");
    } else {
      compareOutcomes();
      new OutputComparison(findings, byOtherKernel).compare(expected.outputs(), actual.outputs());
    }
    DataComparison data = new DataComparison(findings);
    data.compareWritten(expected.data(), actual.data());
    data.compareJars(expected.jars(), actual.jars());
    compareEngines();
    compareChildren();
    compareValues();
    compareMetrics();
    addChance();
    addMasked();
  }

  List<Divergence> divergences() {
    return findings.divergences();
  }

  /** The names of those without which the step would have differed. */
  Set<String> normalisers() {
    return findings.normalisers();
  }

  /** What of the step was not looked at, a line each. */
  List<String> notCompared() {
    return findings.notCompared();
  }

  Verdict verdict() {
    return findings.verdict();
  }

  private static boolean lacksAMagic(@Nullable Outcome outcome) {
    return outcome instanceof Outcome.Failed failed
        && failed.exception().equals("UndefinedMagicException");
  }

  private void compareOutcomes() {
    String before = words(expected.outcome());
    String now = words(actual.outcome());
    if (!before.equals(now)) {
      findings.differ(Kind.OUTCOME, "outcome", before, now);
    }
  }

  /** The kind only: what an error says stands among the outputs. */
  private static String words(@Nullable Outcome outcome) {
    if (outcome instanceof Outcome.Failed failed) {
      return "failed with " + failed.exception();
    }
    return outcome == null ? "never ended" : Wire.JSON.valueToTree(outcome).path("kind").asText();
  }

  private void compareEngines() {
    if (!words(expected.engines()).equals(words(actual.engines()))) {
      findings.differ(Kind.VALUE, "engine", words(expected.engines()), words(actual.engines()));
    }
  }

  private static String words(List<Engine> engines) {
    return engines.isEmpty()
        ? Findings.NOTHING
        : String.join(", ", engines.stream().map(Engine::toString).toList());
  }

  private void compareChildren() {
    List<ChildProcess> now = actual.children();
    for (int i = 0; i < expected.children().size(); i++) {
      ChildProcess before = expected.children().get(i);
      String again = i < now.size() ? words(now.get(i)) : Findings.NOTHING;
      if (!words(before).equals(again)) {
        findings.differ(Kind.OUTCOME, String.join(" ", before.command()), words(before), again);
      }
    }
  }

  private static String words(ChildProcess child) {
    return child.exitCode() == null ? "still running" : "exit code " + child.exitCode();
  }

  private void compareValues() {
    Map<String, Value> now = new LinkedHashMap<>();
    actual.values().forEach(value -> now.put(value.name(), value));
    for (Value value : expected.values()) {
      Value again = now.get(value.name());
      if (again == null) {
        findings.differ(Kind.VALUE, value.name(), shown(value), Findings.NOTHING);
      } else if (value.opaque() || again.opaque()) {
        findings.notCompared("the value of %s %s".formatted(value.type(), value.name()));
      } else {
        compareValue(value, again);
      }
    }
  }

  private void compareMetrics() {
    Map<String, String> before = metrics(expected);
    Map<String, String> now = metrics(actual);
    Set<String> names = new TreeSet<>(before.keySet());
    names.addAll(now.keySet());
    for (String name : names) {
      findings.compareText(
          Kind.VALUE,
          "metric " + name,
          before.getOrDefault(name, Findings.NOTHING),
          now.getOrDefault(name, Findings.NOTHING));
    }
  }

  /** Each metric's points, a line each. */
  private static Map<String, String> metrics(Step step) {
    Map<String, String> lines = new LinkedHashMap<>();
    for (Metric metric : step.metrics()) {
      lines.merge(metric.name(), metric.index() + ": " + metric.value(), (a, b) -> a + "\n" + b);
    }
    return lines;
  }

  /** Chance is there to be had again, so what could not be is all that there is to say of it. */
  private void addChance() {
    Chance chance = expected.chance();
    if (chance != null) {
      chance.notes().forEach(findings::notCompared);
    }
  }

  /** Where the record has a mark nobody can tell whether the secret was the same. */
  private void addMasked() {
    Set<String> names = new TreeSet<>(Masked.names(expected.source()));
    expected.outputs().forEach(output -> names.addAll(Masked.names(output.toString())));
    expected.values().forEach(value -> names.addAll(Masked.names(shown(value))));
    if (!names.isEmpty()) {
      findings.notCompared("what is masked in the record (%s)".formatted(String.join(", ", names)));
    }
  }

  private void compareValue(Value value, Value again) {
    if (value.digest() != null && value.digest().equals(again.digest())) {
      return;
    }
    findings.compareText(Kind.VALUE, value.name(), shown(value), shown(again));
  }

  private static String shown(Value value) {
    if (value.digest() != null) {
      return value.digest().hex();
    }
    return value.text() == null ? Findings.NOTHING : value.text();
  }
}
