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
import reprise.ledger.JobName;
import reprise.ledger.JobSummary;
import reprise.ledger.JobVersion;
import reprise.reproducer.evidence.Evidence;
import reprise.reproducer.export.ExportOrder;
import reprise.reproducer.export.JobForm;

@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = "Writes a job as what another scheduler executes, without Reprise.")
final class JobExportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "JOB")
  private JobName job;

  @Option(
      names = "--as",
      required = true,
      paramLabel = "FORM",
      description = "One of: ${COMPLETION-CANDIDATES}.")
  private JobForm form;

  @Option(names = "-o", required = true, paramLabel = "DIR", description = "The folder to write.")
  private Path target;

  @Option(names = "--force", description = "Replace what an earlier export wrote there.")
  private boolean force;

  @Option(names = "--json", description = "Print one JSON object and nothing else.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    Screen screen = new Screen(spec.commandLine(), json);
    JobClient jobs = JobClient.of(System.getenv());
    JobSummary summary = jobs.job(job);
    JobVersion version =
        jobs.versions(job).stream()
            .filter(it -> it.version() == summary.job().version())
            .findFirst()
            .orElseThrow();
    try (Evidence evidence = new Source(version.run().value()).evidence(jobs.server(), screen)) {
      ExportOrder order = new ExportOrder(target, force, true, screen::tell);
      List<String> remarks = form.write(summary, version, evidence, order);
      List<String> lines = new ArrayList<>(remarks);
      lines.add("Job %s stands for %s in %s.".formatted(job, form, order.target()));
      screen.answer(
          new ExportCommand.Exported(
              version.run(), form.toString(), order.target().toString(), remarks),
          lines);
      return Reprise.DONE;
    }
  }
}
