package reprise.reproducer.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import reprise.ledger.Run;
import reprise.ledger.RunSummary;
import reprise.ledger.TrackingClient;
import reprise.ledger.Verdict;
import reprise.reproducer.advice.Advice;
import reprise.reproducer.advice.Advice.Finding;
import reprise.reproducer.advice.Advice.Way;
import reprise.reproducer.advice.Adviser;

@Command(
    name = "advise",
    mixinStandardHelpOptions = true,
    description =
        "Says whether a run fits better as a sequence, as a graph or driven by events, with the"
            + " figures behind it.")
final class AdviseCommand implements Callable<Integer> {
  private static final int OTHERS = 12;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN", description = "An id, a unique prefix of one, or @latest.")
  private String run;

  @Option(names = "--json", description = "Print one JSON object and nothing else.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    TrackingClient server = TrackingClient.of(System.getenv());
    Run looked = server.run(run);
    List<Run> others = new ArrayList<>();
    @Nullable Verdict verdict = null;
    RunsCommand.Page page =
        server.get(
            "/api/runs?origin=original&limit=%d&experiment=%s"
                .formatted(OTHERS, TrackingClient.encoded(looked.experiment().value())),
            RunsCommand.Page.class);
    for (RunSummary each : page.runs()) {
      if (each.run().equals(looked.run())) {
        verdict = each.verdict();
      } else {
        others.add(server.run(each.run().value()));
      }
    }
    Advice advice = new Adviser(looked, others, verdict).advice();
    new Screen(spec.commandLine(), json).answer(advice, lines(advice));
    return Reprise.DONE;
  }

  private static List<String> lines(Advice advice) {
    List<String> lines = new ArrayList<>();
    lines.add("Recommended: %s.".formatted(words(advice.recommendation())));
    for (Finding finding : advice.findings()) {
      lines.add(
          "%-24s %s  [%s]"
              .formatted(
                  finding.criterion(),
                  finding.figures(),
                  finding.favours().stream()
                      .map(it -> it.name().toLowerCase(Locale.ROOT))
                      .collect(Collectors.joining(", "))));
    }
    advice.stages().forEach(stage -> lines.add(StageLine.of(stage)));
    return lines;
  }

  private static String words(Way way) {
    return switch (way) {
      case SEQUENTIAL -> "in order, in one JVM, by the clock";
      case DAG -> "as a graph, stages side by side";
      case EVENTS -> "by events, whenever its data come";
    };
  }
}
