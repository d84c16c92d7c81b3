package reprise.reproducer.export;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import reprise.ledger.Masked;
import reprise.ledger.Outcome;
import reprise.ledger.Output;
import reprise.ledger.Outputs;
import reprise.ledger.Run;
import reprise.ledger.Step;

/** A run's cells as jshell reads them, and the text that came of them. */
final class JshellScript {
  /** What every cell sees without saying so. */
  private static final String IMPORTS =
      """
      import java.io.*;
      import java.math.*;
      import java.net.*;
      import java.util.*;
      import java.util.concurrent.*;
      import java.util.function.*;
      import java.util.prefs.*;
      import java.util.regex.*;
      import java.util.stream.*;
      """;

  private static final String DISPLAY =
      """
      void display(Object it) { System.out.println(it); }
      void display(String form, Object it) { if (form.equals("text/plain")) { System.out.println(it); } }
      """;

  /** Says nothing to anybody, as where nothing is recorded. */
  private static final String SAID =
      """
      class Reprise {
        static <T> T param(String name, T byDefault) { return byDefault; }
        static void metric(String name, double value) {}
        static void metric(String name, double value, long step) {}
        static void artifact(Object path) {}
        static void tag(String key, String value) {}
        static void note(String text) {}
      }
      """;

  private final StringBuilder source = new StringBuilder();
  private final StringBuilder expected = new StringBuilder();
  private final List<String> remarks = new ArrayList<>();

  private JshellScript() {}

  static JshellScript of(Run run, JshellPaths paths) {
    JshellScript script = new JshellScript();
    script.begin(run);
    try (JshellSnippets snippets = new JshellSnippets()) {
      for (Step step : run.history()) {
        script.add(step, snippets, paths);
      }
    }
    script.source.append("\n/exit\n");
    return script;
  }

  /** In ASCII, whatever the encoding of the machine that reads it. */
  String source() {
    StringBuilder ascii = new StringBuilder();
    source
        .chars()
        .forEach(each -> ascii.append(each < 128 ? (char) each + "" : "\\u%04x".formatted(each)));
    return ascii.toString();
  }

  /** What the script prints. */
  String expected() {
    return expected.toString();
  }

  List<String> remarks() {
    return remarks;
  }

  private void begin(Run run) {
    source.append("// ").append(run.experiment()).append(", ").append(run.run()).append('\n');
    source.append(IMPORTS);
    if (run.history().stream().anyMatch(step -> step.source().contains("display("))) {
      source.append(DISPLAY);
    }
    if (run.history().stream().anyMatch(step -> step.source().contains("Reprise."))) {
      source.append(SAID);
    }
  }

  private void add(Step step, JshellSnippets snippets, JshellPaths paths) {
    source.append("\n// Step ").append(step.step()).append('\n');
    if (step.outcome() == null || step.outcome() instanceof Outcome.Interrupted) {
      comment(step.source());
      remarks.add("Step %d did not come to its end, so it is left out.".formatted(step.step()));
      return;
    }
    remark(step);
    boolean shows = step.outputs().stream().anyMatch(Output.Result.class::isInstance);
    List<CellPart> parts = CellPart.of(paths.moved(said(step.source())));
    for (int i = 0; i < parts.size(); i++) {
      CellPart part = parts.get(i);
      if (part.isJava()) {
        snippets.of(part.text(), shows && i == parts.size() - 1).forEach(this::line);
      } else {
        String java = part.java();
        comment(part.text());
        if (java != null) {
          line(java);
        } else if (!part.isAboutJars()) {
          remarks.add(
              "Step %d has a magic that jshell does not know: %s"
                  .formatted(step.step(), part.text().lines().findFirst().orElse("")));
        }
      }
    }
    step.outputs().forEach(this::expect);
  }

  private void remark(Step step) {
    if (!Masked.names(step.source()).isEmpty()) {
      remarks.add("Step %d has a secret that is masked; put it in again.".formatted(step.step()));
    }
    if (step.outcome() instanceof Outcome.Failed) {
      remarks.add(
          "Step %d failed, and jshell tells of that in its own words.".formatted(step.step()));
    }
    if (!step.inputs().isEmpty()) {
      remarks.add("Step %d asks for lines; give the same ones.".formatted(step.step()));
    }
    if (step.chance() != null && !step.chance().used().isEmpty()) {
      remarks.add(
          "Step %d uses chance or the clock (%s), which jshell does not give again."
              .formatted(
                  step.step(),
                  step.chance().used().stream()
                      .map(String::valueOf)
                      .reduce((a, b) -> a + ", " + b)
                      .orElse("")));
    }
  }

  private static String said(String cell) {
    return cell.replaceAll("(?m)^\\s*import\\s+reprise\\.Reprise\\s*;", "")
        .replace("reprise.Reprise.", "Reprise.");
  }

  private void comment(String text) {
    text.lines().forEach(line -> source.append("// ").append(line).append('\n'));
  }

  private void line(String java) {
    source.append(java).append('\n');
  }

  private void expect(Output output) {
    if (output instanceof Output.Stream stream) {
      if (stream.name().equals("stdout")) {
        expected.append(stream.text());
      }
      return;
    }
    JsonNode plain = Outputs.forms(output).get("text/plain");
    if (plain != null) {
      expected.append(plain.asText()).append('\n');
    }
  }
}
