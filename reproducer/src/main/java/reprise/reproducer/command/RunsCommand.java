package reprise.reproducer.command;

import java.io.IOException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import reprise.ledger.RunSummary;
import reprise.ledger.TrackingClient;

@Command(
    name = "runs",
    mixinStandardHelpOptions = true,
    description = "Lists recorded runs, the newest first.")
final class RunsCommand implements Callable<Integer> {
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

  @Spec private CommandSpec spec;

  @Option(names = "--experiment", paramLabel = "E", description = "Of this experiment only.")
  private @Nullable String experiment;

  @Option(
      names = "--filter",
      paramLabel = "EXPR",
      description = "Only runs in whose id, name, notebook or parameters this text stands.")
  private @Nullable String filter;

  @Option(names = "--limit", defaultValue = "50", description = "At most so many.")
  private int limit;

  @Option(names = "--json", description = "Print one JSON array and nothing else.")
  private boolean json;

  /** The server's answer. */
  record Page(List<RunSummary> runs, long total) {}

  @Override
  public Integer call() throws IOException {
    StringBuilder query = new StringBuilder("/api/runs?limit=" + limit);
    if (experiment != null) {
      query.append("&experiment=").append(TrackingClient.encoded(experiment));
    }
    if (filter != null) {
      query.append("&text=").append(TrackingClient.encoded(filter));
    }
    Page page = TrackingClient.of(System.getenv()).get(query.toString(), Page.class);
    new Screen(spec.commandLine(), json).answer(page.runs(), lines(page));
    return Reprise.DONE;
  }

  private static List<String> lines(Page page) {
    List<String> lines = new ArrayList<>();
    for (RunSummary run : page.runs()) {
      lines.add(
          "%s  %s  %-20s  %-11s  %3d cells  %7.1f s  %s"
              .formatted(
                  run.run(),
                  MOMENT.format(run.startedAt().atZone(ZoneId.systemDefault())),
                  run.experiment(),
                  run.status(),
                  run.steps(),
                  run.tookMillis() / 1000.0,
                  run.verdict() == null ? "" : run.verdict()));
    }
    if (page.runs().size() < page.total()) {
      lines.add("%d of %d runs; --limit shows more.".formatted(page.runs().size(), page.total()));
    }
    if (page.total() == 0) {
      lines.add("No runs yet; 'reprise run NOTEBOOK.ipynb' makes one.");
    }
    return lines;
  }
}
