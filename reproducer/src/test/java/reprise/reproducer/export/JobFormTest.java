package reprise.reproducer.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.models.V1CronJob;
import io.kubernetes.client.openapi.models.V1Job;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reprise.ledger.Job;
import reprise.ledger.JobName;
import reprise.ledger.JobPolicy;
import reprise.ledger.JobPolicy.CatchUp;
import reprise.ledger.JobPolicy.Overlap;
import reprise.ledger.JobPolicy.WhilePaused;
import reprise.ledger.JobSummary;
import reprise.ledger.JobTrigger;
import reprise.ledger.JobVersion;
import reprise.ledger.Placement;
import reprise.ledger.RunId;
import reprise.ledger.Trigger;
import reprise.ledger.Verdict;

/**
 * What is written for other schedulers is what those read: Python compiles it, Kubernetes' schemas
 * hold.
 */
class JobFormTest {
  private static final Instant MORNING = Instant.parse("2026-11-22T10:00:00Z");
  private static final JobName NAME = new JobName("daily_sales");
  private static final Trigger CRON =
      new Trigger.Cron("30 6 * * MON-FRI", "Europe/Berlin", List.of("2026-12-24"));

  @TempDir Path folder;

  private static JobSummary job(@Nullable String owner, JobPolicy policy, Trigger... triggers) {
    return new JobSummary(
        new Job(NAME, 3, false, owner, policy, MORNING),
        Stream.of(triggers).map(it -> JobFormTest.set(it)).toList(),
        null,
        List.of());
  }

  private static JobTrigger set(Trigger trigger) {
    return new JobTrigger(1, NAME, trigger, null, null);
  }

  private static JobVersion version() {
    return new JobVersion(
        NAME,
        3,
        new RunId("r-1a2b3c4d5e6f7g"),
        MORNING,
        Verdict.IDENTICAL,
        null,
        List.of(),
        Map.of(),
        List.of(),
        List.of(),
        false,
        false,
        List.of(),
        List.of());
  }

  private static JobPolicy policy(Overlap overlap, int atOnce) {
    return new JobPolicy(
        atOnce,
        overlap,
        CatchUp.LATEST,
        100,
        WhilePaused.DROP,
        3,
        30,
        null,
        600,
        "2g",
        new Placement("slurm", null, 2, "4G", null, null, null));
  }

  @Test
  void airflow_whateverTheOwnerIsCalled_isPython() throws Exception {
    for (String owner : List.of("ada", "O'Neill \"the\\boss\" \n é", "{{ x }}")) {
      AirflowDag dag = AirflowDag.of(job(owner, JobPolicy.USUAL, CRON), version());
      Path file = Files.writeString(folder.resolve("dag.py"), dag.source());
      Process python =
          new ProcessBuilder("/usr/bin/python3", "-W", "error", "-m", "py_compile", file.toString())
              .redirectErrorStream(true)
              .start();
      String said = new String(python.getInputStream().readAllBytes(), UTF_8);
      assertThat(python.waitFor()).as(said).isZero();
    }
  }

  @Test
  void airflow_ofAJob_hasItsScheduleAndItsRetries() {
    AirflowDag dag = AirflowDag.of(job("ada", policy(Overlap.QUEUE, 1), CRON), version());
    assertThat(dag.source())
        .contains(
            "dag_id=\"daily_sales\"",
            "CronTriggerTimetable(\"30 6 * * MON-FRI\", timezone=\"Europe/Berlin\")",
            "\"retries\": 2",
            "timedelta(seconds=600)",
            "run.sh' \"");
    assertThat(dag.remarks()).anyMatch(it -> it.contains("2026-12-24"));
    assertThat(AirflowDag.of(job("ada", JobPolicy.USUAL), version()).source())
        .contains("schedule=None");
    assertThat(
            AirflowDag.of(job("ada", JobPolicy.USUAL, new Trigger.Every(90, null)), version())
                .source())
        .contains("schedule=timedelta(seconds=90)");
  }

  @Test
  void kubernetes_scheduled_isACronJobOfItsSchema() throws Exception {
    for (Overlap overlap : Overlap.values()) {
      KubernetesJob made = KubernetesJob.of(job("ada", policy(overlap, 1), CRON), version());
      V1CronJob.validateJsonElement(JsonParser.parseString(read(made).toString()));
      V1CronJob read = V1CronJob.fromJson(read(made).toString());
      assertThat(read.getMetadata().getName()).isEqualTo("daily-sales");
      assertThat(read.getSpec().getSchedule()).isEqualTo("30 6 * * MON-FRI");
      assertThat(read.getSpec().getTimeZone()).isEqualTo("Europe/Berlin");
      assertThat(read.getSpec().getConcurrencyPolicy())
          .isEqualTo(overlap == Overlap.CANCEL_OLD ? "Replace" : "Forbid");
      assertThat(
              read.getSpec()
                  .getJobTemplate()
                  .getSpec()
                  .getTemplate()
                  .getSpec()
                  .getContainers()
                  .get(0)
                  .getResources()
                  .getLimits())
          .hasToString(
              "{cpu=Quantity{number=2, format=DECIMAL_SI}, memory=Quantity{number=4294967296, format=BINARY_SI}}");
    }
  }

  @Test
  void kubernetes_byHand_isAJobOfItsSchema() throws Exception {
    KubernetesJob made = KubernetesJob.of(job(null, JobPolicy.USUAL), version());
    V1Job.validateJsonElement(JsonParser.parseString(read(made).toString()));
    assertThat(V1Job.fromJson(read(made).toString()).getSpec().getBackoffLimit()).isZero();
  }

  @Test
  void kubernetes_schemaOfAnotherThing_isRefused() throws Exception {
    ObjectNode broken = read(KubernetesJob.of(job(null, JobPolicy.USUAL), version()));
    broken.putObject("spec").put("sheduled", "@daily");
    assertThatThrownBy(() -> V1Job.validateJsonElement(JsonParser.parseString(broken.toString())))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** By way of the YAML, as Kubernetes gets it. */
  private static ObjectNode read(KubernetesJob made) throws Exception {
    return (ObjectNode) new YAMLMapper().readTree(made.yaml());
  }
}
