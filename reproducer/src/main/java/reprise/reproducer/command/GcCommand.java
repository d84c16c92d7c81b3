package reprise.reproducer.command;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import reprise.ledger.Home;
import reprise.ledger.TrackingClient;
import reprise.reproducer.cleaning.Cleaning;
import reprise.reproducer.cleaning.Freed;

@Command(
    name = "gc",
    mixinStandardHelpOptions = true,
    description =
        "Removes from Reprise's home what nothing needs: workspaces of replays that are over,"
            + " folders of attempts of jobs, journals that a tracking server has taken in, and bytes that no journal speaks of.")
final class GcCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--older-than",
      paramLabel = "DAYS",
      description =
          "The age at which a journal may go that a server has, and the folder of an attempt; 30"
              + " unless said. Of each job the last ten attempts stay, and those whose files it needs.")
  private int days = 30;

  @Option(names = "--dry-run", description = "Only say what would be removed.")
  private boolean rehearsal;

  @Option(names = "--json", description = "Print one JSON object and nothing else.")
  private boolean json;

  /** What others read of a cleaning. */
  record Cleaned(boolean dryRun, long bytes, List<Freed> freed, List<String> remarks) {}

  @Override
  public Integer call() throws IOException {
    Screen screen = new Screen(spec.commandLine(), json);
    Cleaning cleaning =
        new Cleaning(
            Home.of(System.getenv()),
            TrackingClient.of(System.getenv()),
            InstantSource.system().instant(),
            rehearsal);
    List<Freed> freed = cleaning.clean(Duration.ofDays(days));
    long bytes = freed.stream().mapToLong(Freed::bytes).sum();
    List<String> lines = new ArrayList<>();
    freed.forEach(
        it -> lines.add("%s: %d, %,d bytes".formatted(it.kind(), it.count(), it.bytes())));
    lines.addAll(cleaning.remarks());
    lines.add((rehearsal ? "It would free %,d bytes." : "Freed %,d bytes.").formatted(bytes));
    screen.answer(new Cleaned(rehearsal, bytes, freed, cleaning.remarks()), lines);
    return Reprise.DONE;
  }
}
