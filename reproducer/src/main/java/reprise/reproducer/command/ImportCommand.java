package reprise.reproducer.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import reprise.ledger.ExperimentName;
import reprise.ledger.Run;
import reprise.ledger.RunId;
import reprise.ledger.TrackingClient;
import reprise.reproducer.bundle.Bundle;
import reprise.reproducer.bundle.Import;

@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = "Takes the run of a bundle into the tracking server, with its bytes and code.")
final class ImportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "BUNDLE", description = "What 'reprise export --as bundle' has written.")
  private Path file;

  @Option(names = "--json", description = "Print one JSON object and nothing else.")
  private boolean json;

  /** What others read of an import. */
  record Imported(RunId run, ExperimentName experiment, int steps, String url) {}

  @Override
  public Integer call() throws IOException {
    Screen screen = new Screen(spec.commandLine(), json);
    TrackingClient server = TrackingClient.of(System.getenv());
    try (Bundle bundle = Bundle.open(file, screen::tell)) {
      Import.into(server, bundle, screen::tell);
      Run run = bundle.run();
      String url = server.page(run.run()).toString();
      screen.answer(
          new Imported(run.run(), run.experiment(), run.steps().size(), url),
          List.of("%s of %s is here.".formatted(run.run(), run.experiment()), url));
      return Reprise.DONE;
    }
  }
}
