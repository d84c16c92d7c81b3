package reprise.reproducer.comparison;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Output;
import reprise.ledger.Outputs;
import reprise.ledger.Reproduction.Kind;
import reprise.ledger.Wire;

/** What a step showed beside what its replay showed. */
final class OutputComparison {
  private final Findings findings;
  private final boolean byOtherKernel;

  /**
   * @param byOtherKernel whether a kernel that is not ours executed the original, which may show
   *     the same in forms of its own
   */
  OutputComparison(Findings findings, boolean byOtherKernel) {
    this.findings = findings;
    this.byOtherKernel = byOtherKernel;
  }

  void compare(List<Output> before, List<Output> now) {
    if (kinds(before).equals(kinds(now))) {
      for (int i = 0; i < before.size(); i++) {
        compareOutput(before.get(i), now.get(i));
      }
    } else if (kinds(untangled(before)).equals(kinds(untangled(now)))) {
      findings.normalised("stream-interleaving");
      compare(untangled(before), untangled(now));
    } else {
      findings.differ(Kind.OUTPUT, "outputs", summary(before), summary(now));
    }
  }

  private static List<String> kinds(List<Output> outputs) {
    return outputs.stream().map(OutputComparison::kind).toList();
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
      findings.compareText(Kind.OUTPUT, stream.name(), stream.text(), again.text());
    } else if (before instanceof Output.StreamRest rest && now instanceof Output.StreamRest again) {
      findings.compareDigests(
          Kind.OUTPUT, rest.name() + " beyond what is shown", rest.digest(), again.digest());
    } else if (before instanceof Output.Traceback error && now instanceof Output.Traceback again) {
      findings.compareText(
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
      findings.notCompared(
          "%s in the forms that its kernel alone has"
              .formatted(kind == Kind.RESULT ? "its result" : "what it displayed"));
    }
    for (String type : types) {
      String left = text(before.get(type));
      String right = text(now.get(type));
      if (type.startsWith("image/") && !left.equals(right) && Pixels.same(left, right)) {
        findings.normalised("image-pixels");
      } else {
        findings.compareText(kind, type, left, right);
      }
    }
  }

  private static String text(@Nullable JsonNode form) {
    if (form == null) {
      return Findings.NOTHING;
    }
    return form.isTextual() ? form.asText() : form.toString();
  }

  private static String summary(List<Output> outputs) {
    return outputs.isEmpty()
        ? Findings.NOTHING
        : String.join(", ", outputs.stream().map(OutputComparison::shown).toList());
  }

  /** An error that came in place of something else is worth its words. */
  private static String shown(Output output) {
    return output instanceof Output.Traceback error
        ? "error: " + error.ename() + ": " + error.evalue()
        : kind(output);
  }
}
