package reprise.reproducer.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import reprise.ledger.TrackingClient;
import reprise.reproducer.comparison.RunDiff;

@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    description = "Shows in what two runs differ: what came out, parameters, code, data, machine.")
final class DiffCommand implements Callable<Integer> {
  private static final int LONGEST = 60;

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "RUN", description = "The run on the left, the older one.")
  private String left;

  @Parameters(index = "1", paramLabel = "RUN", description = "The run on the right.")
  private String right;

  @Option(names = "--json", description = "Print one JSON object and nothing else.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    TrackingClient server = TrackingClient.of(System.getenv());
    RunDiff diff = RunDiff.of(server.run(left), server.run(right));
    new Screen(spec.commandLine(), json).answer(diff, lines(diff));
    return diff.same() ? Reprise.DONE : Reprise.DIFFERENT;
  }

  private static List<String> lines(RunDiff diff) {
    List<String> lines = new ArrayList<>();
    if (diff.same()) {
      lines.add("%s and %s are the same.".formatted(diff.a(), diff.b()));
      return lines;
    }
    lines.add("--- %s".formatted(diff.a()));
    lines.add("+++ %s".formatted(diff.b()));
    if (diff.first() == null) {
      lines.add("All steps that both have came out alike.");
    } else {
      lines.add(
          "Step %d came out otherwise first: %s"
              .formatted(diff.first().step(), diff.first().what()));
      diff.first().expected().lines().limit(10).forEach(line -> lines.add("- " + line));
      diff.first().actual().lines().limit(10).forEach(line -> lines.add("+ " + line));
    }
    add("parameters", diff.parameters(), lines);
    add("values", diff.values(), lines);
    add("metrics", diff.metrics(), lines);
    add("data", diff.data(), lines);
    add("environment", diff.environment(), lines);
    diff.code().forEach(code -> addCode(code, lines));
    return lines;
  }

  private static void add(String title, List<RunDiff.Named> all, List<String> lines) {
    if (all.isEmpty()) {
      return;
    }
    lines.add("");
    lines.add(title);
    for (RunDiff.Named it : all) {
      if (it.a() != null) {
        lines.add("- %s = %s".formatted(it.name(), shortened(it.a())));
      }
      if (it.b() != null) {
        lines.add("+ %s = %s".formatted(it.name(), shortened(it.b())));
      }
    }
  }

  private static void addCode(RunDiff.Code code, List<String> lines) {
    lines.add("");
    lines.add("step %s → %s".formatted(number(code.left()), number(code.right())));
    code.diff().lines().forEach(lines::add);
  }

  private static String number(@Nullable Integer step) {
    return step == null ? "none" : step.toString();
  }

  private static String shortened(String value) {
    String line = value.replace("\n", "⏎");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
  }
}
