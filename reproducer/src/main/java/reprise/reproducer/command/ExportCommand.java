package reprise.reproducer.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import reprise.ledger.RunId;
import reprise.ledger.TrackingClient;
import reprise.reproducer.evidence.Evidence;
import reprise.reproducer.export.ExportOrder;
import reprise.reproducer.export.Form;

@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = "Writes a run in a form that others can read, execute or check without Reprise.")
final class ExportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = Source.LABEL, description = Source.DESCRIPTION)
  private String run;

  @Option(
      names = "--as",
      required = true,
      paramLabel = "FORM",
      description = "One of: ${COMPLETION-CANDIDATES}.")
  private Form form;

  @Option(
      names = "-o",
      required = true,
      paramLabel = "PATH",
      description = "The file or folder to write.")
  private Path target;

  @Option(names = "--force", description = "Replace what an earlier export wrote there.")
  private boolean force;

  @Option(
      names = "--jars",
      description = "Take jars along that a Maven repository would give as well.")
  private boolean jars;

  @Option(names = "--json", description = "Print one JSON object and nothing else.")
  private boolean json;

  /** What others read of an export. */
  record Exported(RunId run, String form, String path, List<String> remarks) {}

  @Override
  public Integer call() throws IOException {
    Screen screen = new Screen(spec.commandLine(), json);
    TrackingClient server = TrackingClient.of(System.getenv());
    try (Evidence evidence = new Source(run).evidence(server, screen)) {
      ExportOrder order = new ExportOrder(target, force, jars, screen::tell);
      List<String> remarks = form.write(evidence, order);
      RunId id = evidence.run().run();
      List<String> lines = new ArrayList<>(remarks);
      lines.add("%s stands as %s in %s.".formatted(id, form, order.target()));
      screen.answer(new Exported(id, form.toString(), order.target().toString(), remarks), lines);
      return Reprise.DONE;
    }
  }
}
