package reprise.reproducer.export;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import reprise.ledger.JobSummary;
import reprise.ledger.JobTrigger;
import reprise.ledger.JobVersion;
import reprise.reproducer.evidence.Evidence;

/**
 * What a job can be handed over as to those who do without Reprise. Each is a folder: the run in
 * {@code bundle}, which needs a JDK and nothing else, and what starts it when it is due.
 */
public enum JobForm {
  /** A DAG for Airflow 3. */
  AIRFLOW,
  /** A Job or CronJob for Kubernetes, and what makes an image of the bundle. */
  KUBERNETES;

  private static final String BUNDLE = "bundle";

  /**
   * Writes a job to where the order says; there is all of it or nothing.
   *
   * @param version the one that is handed over
   * @param evidence of its run
   * @return what a person must know of it, a sentence each
   * @throws TargetInUse if something stands there already
   */
  public List<String> write(
      JobSummary job, JobVersion version, Evidence evidence, ExportOrder order) throws IOException {
    try (Draft draft = Draft.folder(order)) {
      Path bundle = draft.path().resolve(BUNDLE);
      ExportOrder inside = new ExportOrder(bundle, false, order.jars(), order.progress());
      List<String> remarks = new ArrayList<>(Form.JSHELL.write(evidence, inside));
      remarks.addAll(leftBehind(job, version));
      switch (this) {
        case AIRFLOW -> {
          AirflowDag dag = AirflowDag.of(job, version);
          text(draft, job.job().job() + ".py", dag.source());
          remarks.addAll(dag.remarks());
        }
        case KUBERNETES -> {
          KubernetesJob made = KubernetesJob.of(job, version);
          text(draft, job.job().job() + ".yaml", made.yaml());
          text(draft, "Dockerfile", dockerfile(evidence));
          remarks.addAll(made.remarks());
        }
      }
      draft.finish();
      return remarks;
    }
  }

  private static void text(Draft draft, String name, String text) throws IOException {
    Files.writeString(draft.path().resolve(name), text, StandardCharsets.UTF_8);
  }

  private static String dockerfile(Evidence evidence) {
    String version = evidence.run().environment().jdk().version();
    return """
        FROM eclipse-temurin:%s-jdk
        COPY bundle /bundle
        CMD ["sh", "/bundle/run.sh"]
        """
        .formatted(version.split("[.+]", 2)[0]);
  }

  /** What only Reprise keeps. */
  private static List<String> leftBehind(JobSummary job, JobVersion version) {
    List<String> remarks = new ArrayList<>();
    if (version.isLive()) {
      remarks.add(
          "Live data, other values for parameters, new chance and the network stay behind: it"
              + " reads and computes what its golden run did, until you edit bundle/run.jsh or put"
              + " other files below bundle/data.");
    }
    if (!version.stages().isEmpty()) {
      remarks.add("Its stages are executed one after the other.");
    }
    job.triggers().stream()
        .map(JobTrigger::trigger)
        .filter(it -> !Clockwork.isByTheClock(it))
        .findFirst()
        .ifPresent(
            it ->
                remarks.add(
                    "Events do not start it there: signed messages, files, streams and other jobs"
                        + " are heard by Reprise."));
    return remarks;
  }

  /** As it is typed. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
