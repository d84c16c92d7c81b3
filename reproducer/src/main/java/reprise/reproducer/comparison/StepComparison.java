package reprise.reproducer.comparison;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Chance;
import reprise.ledger.ChildProcess;
import reprise.ledger.Data;
import reprise.ledger.Digest;
import reprise.ledger.Engine;
import reprise.ledger.Jar;
import reprise.ledger.Masked;
import reprise.ledger.Metric;
import reprise.ledger.Outcome;
import reprise.ledger.Output;
import reprise.ledger.Outputs;
import reprise.ledger.Reproduction.Divergence;
import reprise.ledger.Reproduction.Kind;
import reprise.ledger.Step;
import reprise.ledger.Value;
import reprise.ledger.Verdict;
import reprise.ledger.Wire;

/** One step beside its replay. */
final class StepComparison {
  private static final int LONGEST_SHOWN = 2_000;
  private static final String NOTHING = "(nothing)";

  private final Step expected;
  private final Step actual;
  private final boolean byOtherKernel;
  private final List<Divergence> divergences = new ArrayList<>();
  private final Set<String> normalisers = new LinkedHashSet<>();
  private final List<String> notCompared = new ArrayList<>();
  private final @Nullable String cause;

  StepComparison(Step expected, Step actual) {
    this(expected, actual, false);
  }

  /**
   * @param byOtherKernel whether a kernel that is not ours executed the original, which may show
   *     the same in forms of its own
   */
  StepComparison(Step expected, Step actual, boolean byOtherKernel) {
    this.expected = expected;
    this.actual = actual;
    this.byOtherKernel = byOtherKernel;
    OutsideWorld world = new OutsideWorld(expected, actual);
    cause = world.cause();
    notCompared.addAll(world.notKept());
    compareOutcomes();
    compareOutputs(expected.outputs(), actual.outputs());
    compareData();
    compareJars();
    compareEngines();
    compareChildren();
    compareValues();
    compareMetrics();
    addChance();
    addMasked();
  }

  List<Divergence> divergences() {
    return divergences;
  }

  /** The names of those without which the step would have differed. */
  Set<String> normalisers() {
    return normalisers;
  }

  /** What of the step was not looked at, a line each. */
  List<String> notCompared() {
    return notCompared;
  }

  Verdict verdict() {
    if (!divergences.isEmpty()) {
      return Verdict.DIVERGED;
    }
    return normalisers.isEmpty() ? Verdict.IDENTICAL : Verdict.EQUIVALENT;
  }

  private void compareOutcomes() {
    String before = words(expected.outcome());
    String now = words(actual.outcome());
    if (!before.equals(now)) {
      differ(Kind.OUTCOME, "outcome", before, now);
    }
  }

  /** The kind only: what an error says stands among the outputs. */
  private static String words(@Nullable Outcome outcome) {
    if (outcome instanceof Outcome.Failed failed) {
      return "failed with " + failed.exception();
    }
    return outcome == null ? "never ended" : Wire.JSON.valueToTree(outcome).path("kind").asText();
  }

  private void compareOutputs(List<Output> before, List<Output> now) {
    if (kinds(before).equals(kinds(now))) {
      for (int i = 0; i < before.size(); i++) {
        compareOutput(before.get(i), now.get(i));
      }
    } else if (kinds(untangled(before)).equals(kinds(untangled(now)))) {
      normalisers.add("stream-interleaving");
      compareOutputs(untangled(before), untangled(now));
    } else {
      differ(Kind.OUTPUT, "outputs", summary(before), summary(now));
    }
  }

  private static List<String> kinds(List<Output> outputs) {
    return outputs.stream().map(StepComparison::kind).toList();
  }

  private static String kind(Output output) {
    JsonNode json = Wire.JSON.valueToTree(output);
    String type = json.path("output_type").asText();
    return json.has("name") ? json.path("name").asText() : type;
  }

  /** Two streams written by two threads interleave by chance; each for itself does not. */
  private static List<Output> untangled(List<Output> outputs) {
    Map<String, StringBuilder> texts = new LinkedHashMap<>();
    List<Output> rest = new ArrayList<>();
    for (Output output : outputs) {
      if (output instanceof Output.Stream stream) {
        texts.computeIfAbsent(stream.name(), name -> new StringBuilder()).append(stream.text());
      } else {
        rest.add(output);
      }
    }
    List<Output> all = new ArrayList<>();
    new TreeSet<>(texts.keySet())
        .forEach(name -> all.add(new Output.Stream(name, String.valueOf(texts.get(name)))));
    all.addAll(rest);
    return all;
  }

  private void compareOutput(Output before, Output now) {
    if (before instanceof Output.Stream stream && now instanceof Output.Stream again) {
      compareText(Kind.OUTPUT, stream.name(), stream.text(), again.text());
    } else if (before instanceof Output.StreamRest rest && now instanceof Output.StreamRest again) {
      compareDigests(
          Kind.OUTPUT, rest.name() + " beyond what is shown", rest.digest(), again.digest());
    } else if (before instanceof Output.Traceback error && now instanceof Output.Traceback again) {
      compareText(
          Kind.ERROR,
          error.ename(),
          String.join("\n", error.traceback()),
          String.join("\n", again.traceback()));
    } else {
      Kind kind = before instanceof Output.Result ? Kind.RESULT : Kind.OUTPUT;
      compareForms(kind, Outputs.forms(before), Outputs.forms(now));
    }
  }

  private void compareForms(Kind kind, Map<String, JsonNode> before, Map<String, JsonNode> now) {
    Set<String> types = new TreeSet<>(before.keySet());
    types.addAll(now.keySet());
    if (byOtherKernel
        && types.removeIf(type -> !before.containsKey(type) || !now.containsKey(type))) {
      notCompared.add(
          "step %d: %s in the forms that its kernel alone has"
              .formatted(
                  expected.step(), kind == Kind.RESULT ? "its result" : "what it displayed"));
    }
    for (String type : types) {
      String left = text(before.get(type));
      String right = text(now.get(type));
      if (type.startsWith("image/") && !left.equals(right) && Pixels.same(left, right)) {
        normalisers.add("image-pixels");
      } else {
        compareText(kind, type, left, right);
      }
    }
  }

  private static String text(@Nullable JsonNode form) {
    if (form == null) {
      return NOTHING;
    }
    return form.isTextual() ? form.asText() : form.toString();
  }

  private void compareText(Kind kind, String what, String before, String now) {
    if (Masked.same(before, now)) {
      return;
    }
    Optional<List<Normaliser>> same = Sameness.of(Masked.alike(before), Masked.alike(now));
    if (same.isPresent()) {
      same.get().forEach(normaliser -> normalisers.add(normaliser.label()));
    } else {
      differ(kind, what, aroundFirstDifference(before, now), aroundFirstDifference(now, before));
    }
  }

  private void compareDigests(Kind kind, String what, Digest before, Digest now) {
    if (!before.equals(now)) {
      differ(kind, what, before.hex(), now.hex());
    }
  }

  private void compareData() {
    Map<String, Data> before = lastWritten(expected);
    Map<String, Data> now = lastWritten(actual);
    Set<String> paths = new TreeSet<>(before.keySet());
    paths.addAll(now.keySet());
    List<Data> onlyBefore = new ArrayList<>();
    List<Data> onlyNow = new ArrayList<>();
    for (String path : paths) {
      Data left = before.get(path);
      Data right = now.get(path);
      if (left == null && right != null) {
        onlyNow.add(right);
      } else if (right == null && left != null) {
        onlyBefore.add(left);
      } else if (left != null && right != null) {
        compareWritten(left, right);
      }
    }
    compareUnmatched(onlyBefore, onlyNow);
  }

  private static Map<String, Data> lastWritten(Step step) {
    Map<String, Data> last = new LinkedHashMap<>();
    for (Data data : step.data()) {
      if (data.direction() == Data.Direction.WRITTEN) {
        last.put(data.path(), data);
      } else if (data.direction() == Data.Direction.DELETED
          && !Data.OVERWRITTEN.equals(data.note())) {
        last.remove(data.path());
      }
    }
    return last;
  }

  private void compareWritten(Data before, Data now) {
    Digest left = before.digest();
    Digest right = now.digest();
    if (left != null && !left.equals(right) && mayDifferByItself(before)) {
      notCompared.add(
          "step %d: the bytes of the database %s, which never come out the same"
              .formatted(expected.step(), before.path()));
    } else if (left == null || right == null) {
      notCompared.add(
          "step %d: %s, whose bytes could not be had".formatted(expected.step(), before.path()));
    } else {
      compareDigests(Kind.DATA, before.path(), left, right);
    }
  }

  /** H2 and DuckDB write moments and random ids into their files; SQLite does not. */
  private static boolean mayDifferByItself(Data data) {
    return data.path().endsWith(".mv.db") || data.path().endsWith(".duckdb");
  }

  /** A temporary file has another name each time; the same bytes under another name will do. */
  private void compareUnmatched(List<Data> before, List<Data> now) {
    List<Data> rest = new ArrayList<>(now);
    for (Data data : before) {
      Optional<Data> twin =
          rest.stream()
              .filter(other -> data.digest() != null && data.digest().equals(other.digest()))
              .findFirst();
      if (twin.isPresent()) {
        rest.remove(twin.get());
        normalisers.add(Normaliser.TEMPORARY_PATH.label());
      } else {
        differ(Kind.DATA, data.path(), "written", "not written");
      }
    }
    rest.forEach(data -> differ(Kind.DATA, data.path(), "not written", "written"));
  }

  private void compareJars() {
    Map<String, String> before = digests(expected.jars());
    Map<String, String> now = digests(actual.jars());
    Set<String> names = new TreeSet<>(before.keySet());
    names.addAll(now.keySet());
    for (String name : names) {
      String left = before.getOrDefault(name, NOTHING);
      String right = now.getOrDefault(name, NOTHING);
      if (!left.equals(right)) {
        differ(Kind.DATA, name, left, right);
      }
    }
  }

  /** By file name: the same jar may lie in another folder of another machine. */
  private static Map<String, String> digests(List<Jar> jars) {
    Map<String, String> digests = new LinkedHashMap<>();
    for (Jar jar : jars) {
      String name = jar.path().substring(jar.path().lastIndexOf('/') + 1);
      Digest digest = jar.digest();
      digests.put(name, digest == null ? "a folder" : digest.hex());
    }
    return digests;
  }

  private void compareEngines() {
    if (!words(expected.engines()).equals(words(actual.engines()))) {
      differ(Kind.VALUE, "engine", words(expected.engines()), words(actual.engines()));
    }
  }

  private static String words(List<Engine> engines) {
    return engines.isEmpty()
        ? NOTHING
        : String.join(", ", engines.stream().map(Engine::toString).toList());
  }

  private void compareChildren() {
    List<ChildProcess> now = actual.children();
    for (int i = 0; i < expected.children().size(); i++) {
      ChildProcess before = expected.children().get(i);
      String again = i < now.size() ? words(now.get(i)) : NOTHING;
      if (!words(before).equals(again)) {
        differ(Kind.OUTCOME, String.join(" ", before.command()), words(before), again);
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
        differ(Kind.VALUE, value.name(), shown(value), NOTHING);
      } else if (value.opaque() || again.opaque()) {
        notCompared.add(
            "step %d: the value of %s %s".formatted(expected.step(), value.type(), value.name()));
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
      compareText(
          Kind.VALUE,
          "metric " + name,
          before.getOrDefault(name, NOTHING),
          now.getOrDefault(name, NOTHING));
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
      chance
          .notes()
          .forEach(note -> notCompared.add("step %d: %s".formatted(expected.step(), note)));
    }
  }

  /** Where the record has a mark nobody can tell whether the secret was the same. */
  private void addMasked() {
    Set<String> names = new TreeSet<>(Masked.names(expected.source()));
    expected.outputs().forEach(output -> names.addAll(Masked.names(output.toString())));
    expected.values().forEach(value -> names.addAll(Masked.names(shown(value))));
    if (!names.isEmpty()) {
      notCompared.add(
          "step %d: what is masked in the record (%s)"
              .formatted(expected.step(), String.join(", ", names)));
    }
  }

  private void compareValue(Value value, Value again) {
    if (value.digest() != null && value.digest().equals(again.digest())) {
      return;
    }
    compareText(Kind.VALUE, value.name(), shown(value), shown(again));
  }

  private static String shown(Value value) {
    if (value.digest() != null) {
      return value.digest().hex();
    }
    return value.text() == null ? NOTHING : value.text();
  }

  private void differ(Kind kind, String what, String before, String now) {
    divergences.add(new Divergence(expected.step(), kind, what, cut(before), cut(now), cause));
  }

  /** The part of a long text that is worth showing begins a little before the first difference. */
  private static String aroundFirstDifference(String text, String other) {
    if (text.length() <= LONGEST_SHOWN) {
      return text;
    }
    int same = 0;
    while (same < text.length()
        && same < other.length()
        && text.charAt(same) == other.charAt(same)) {
      same++;
    }
    int from = Math.max(0, same - LONGEST_SHOWN / 4);
    return (from > 0 ? "…" : "") + text.substring(from);
  }

  private static String cut(String text) {
    return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
  }

  private static String summary(List<Output> outputs) {
    return outputs.isEmpty()
        ? NOTHING
        : String.join(", ", outputs.stream().map(StepComparison::shown).toList());
  }

  /** An error that came in place of something else is worth its words. */
  private static String shown(Output output) {
    return output instanceof Output.Traceback error
        ? "error: " + error.ename() + ": " + error.evalue()
        : kind(output);
  }
}
