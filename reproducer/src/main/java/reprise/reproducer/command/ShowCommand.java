package reprise.reproducer.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import reprise.ledger.Chance;
import reprise.ledger.Chance.Source;
import reprise.ledger.ChildProcess;
import reprise.ledger.Data;
import reprise.ledger.Outcome;
import reprise.ledger.Output;
import reprise.ledger.Outputs;
import reprise.ledger.Reply;
import reprise.ledger.Run;
import reprise.ledger.Step;
import reprise.ledger.TrackingClient;

@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Shows a run: its cells in the order in which they ran, outputs, data.")
final class ShowCommand implements Callable<Integer> {
  private static final int SHORT_DIGEST = 12;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN", description = "An id, a unique prefix of one, or @latest.")
  private String run;

  @Option(names = "--json", description = "Print one JSON object and nothing else.")
  private boolean json;

  @Option(
      names = "--flow",
      description =
          "Show what the steps have to do with one another instead: which names each defines, uses and may change.")
  private boolean flow;

  @Override
  public Integer call() throws IOException {
    TrackingClient server = TrackingClient.of(System.getenv());
    Run found = server.run(run);
    Screen screen = new Screen(spec.commandLine(), json);
    if (flow) {
      List<StepFlow> steps = found.history().stream().map(StepFlow::of).toList();
      screen.answer(steps, steps.stream().flatMap(StepFlow::lines).toList());
    } else {
      screen.answer(found, lines(found, server));
    }
    return Reprise.DONE;
  }

  private static List<String> lines(Run run, TrackingClient server) {
    List<String> lines = new ArrayList<>();
    lines.add("%s  %s  %s".formatted(run.run(), run.experiment(), run.status()));
    lines.add(server.page(run.run()).toString());
    run.tags().forEach((key, value) -> lines.add("tag %s = %s".formatted(key, value)));
    run.remarks().forEach(remark -> lines.add("note: " + remark));
    for (Step step : run.history()) {
      lines.add("");
      lines.add("[%d] %s".formatted(step.step(), outcome(step)));
      step.source().strip().lines().forEach(line -> lines.add("    " + line));
      step.outputs().forEach(output -> addOutput(output, lines));
      step.engines().forEach(engine -> lines.add("  ENGINE  " + engine));
      step.children().forEach(child -> lines.add("  " + line(child)));
      step.data().forEach(data -> lines.add("  " + line(data)));
      lines.addAll(Said.lines(step));
      addChance(step.chance(), lines);
    }
    run.notes().forEach(lines::add);
    return lines;
  }

  private static String outcome(Step step) {
    Outcome outcome = step.outcome();
    if (outcome instanceof Outcome.Failed failed) {
      return "failed: " + failed.exception() + ": " + failed.message();
    }
    return outcome == null ? "running" : outcome.succeeded() ? "succeeded" : "stopped";
  }

  private static void addOutput(Output output, List<String> lines) {
    if (output instanceof Output.Stream stream) {
      stream.text().lines().forEach(line -> lines.add("  | " + line));
    } else if (output instanceof Output.Traceback error) {
      lines.add("  ! " + error.ename() + ": " + error.evalue());
    } else {
      Outputs.forms(output)
          .forEach(
              (type, form) ->
                  lines.add(
                      "  = "
                          + (type.equals("text/plain")
                              ? form.asText()
                              : "%s, %d characters".formatted(type, form.asText().length()))));
    }
  }

  private static void addChance(@Nullable Chance chance, List<String> lines) {
    if (chance == null) {
      return;
    }
    if (!chance.used().isEmpty()) {
      String used = chance.used().stream().map(Source::toString).collect(Collectors.joining(", "));
      lines.add("  CHANCE  " + used + "  (seed " + chance.seed() + ")");
    }
    chance.notes().forEach(note -> lines.add("  CHANCE  " + note));
  }

  private static String line(ChildProcess child) {
    String end = child.exitCode() == null ? "still running" : "exit code " + child.exitCode();
    return "STARTED %s  (%s, in %s)"
        .formatted(String.join(" ", child.command()).replace('\n', ' '), end, child.folder());
  }

  private static String line(Data data) {
    String digest = data.digest() == null ? "-" : data.digest().hex().substring(0, SHORT_DIGEST);
    String note = data.note() == null ? "" : " (" + data.note() + ")";
    return "%-9s %s  %,d bytes  %s%s"
        .formatted(data.direction(), digest, data.size(), place(data), note);
  }

  /** A reply is named by its request, and by what came of it. */
  private static String place(Data data) {
    Reply reply = data.reply();
    if (reply == null) {
      return data.path();
    }
    Reply.Failure failure = reply.failure();
    String end =
        reply.status() != null
            ? " " + reply.status()
            : failure == null ? "" : " failed with " + failure.exception();
    return reply.method() + " " + data.path() + end;
  }
}
