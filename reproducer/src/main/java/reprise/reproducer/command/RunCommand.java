package reprise.reproducer.command;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import reprise.ledger.ExperimentName;
import reprise.ledger.Notebook;
import reprise.ledger.NotebookJvm;
import reprise.ledger.Origin;
import reprise.ledger.Pipeline;
import reprise.ledger.Run;
import reprise.ledger.RunId;
import reprise.ledger.RunStatus;
import reprise.ledger.SessionId;
import reprise.ledger.TrackingClient;
import reprise.reproducer.execution.Executor;
import reprise.reproducer.execution.Installation;
import reprise.reproducer.notebook.ExecutedNotebook;
import reprise.reproducer.notebook.NotebookFile;

@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Executes a notebook from its first cell to its last, recorded.")
final class RunCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "NOTEBOOK.ipynb")
  private Path notebook;

  @Option(
      names = "-p",
      paramLabel = "name=value",
      description = "A parameter, set behind the cell tagged 'parameters'; may be repeated.")
  private Map<String, String> parameters = new LinkedHashMap<>();

  @Option(
      names = "-o",
      paramLabel = "OUT.ipynb",
      description = "Where to write the executed notebook.")
  private @Nullable Path output;

  @Option(names = "--keep-going", description = "Execute the cells behind a failing one too.")
  private boolean keepGoing;

  @Option(names = "--json", description = "Print one JSON object and nothing else.")
  private boolean json;

  /** What others read of a run. */
  record Executed(RunId run, ExperimentName experiment, RunStatus status, int steps, String url) {}

  @Override
  public Integer call() throws IOException {
    Screen screen = new Screen(spec.commandLine(), json);
    Run run = execute(System.getenv(), screen);
    String url = TrackingClient.of(System.getenv()).page(run.run()).toString();
    screen.answer(
        new Executed(run.run(), run.experiment(), run.status(), run.steps().size(), url),
        List.of(
            "%s of %s %s after %d cells."
                .formatted(
                    run.run(),
                    run.experiment(),
                    run.status().name().toLowerCase(java.util.Locale.ROOT),
                    run.steps().size()),
            url));
    return run.status() == RunStatus.SUCCEEDED ? Reprise.DONE : Reprise.DIFFERENT;
  }

  private Run execute(Map<String, String> environment, Screen screen) throws IOException {
    NotebookFile file = NotebookFile.read(notebook);
    file.inject(parameters);
    Run run = execute(file, keepGoing, environment, screen);
    if (output != null) {
      ExecutedNotebook.of(file, run, parameters).write(output);
    }
    return run;
  }

  static Run execute(
      NotebookFile file, boolean keepGoing, Map<String, String> environment, Screen screen)
      throws IOException {
    Path folder = Objects.requireNonNull(file.path().getParent());
    Notebook notebook = new Notebook(file.path().toString(), "command line");
    Pipeline pipeline =
        new Pipeline(
            SessionId.next(InstantSource.system(), new SecureRandom()),
            notebook.experiment(),
            notebook,
            new Origin.Headless(),
            folder.toString(),
            null,
            keepGoing,
            file.cells());
    screen.expect(pipeline.cells().size());
    return new Executor(Installation.here(), environment)
        .execute(
            pipeline,
            new Executor.Jvm(
                javaHome(environment),
                NotebookJvm.options(environment),
                folder,
                Set.of(),
                Map.of(),
                null),
            screen::progress);
  }

  private static Path javaHome(Map<String, String> environment) {
    String chosen = environment.get("JAVA_HOME");
    return Path.of(chosen == null || chosen.isBlank() ? System.getProperty("java.home") : chosen);
  }
}
