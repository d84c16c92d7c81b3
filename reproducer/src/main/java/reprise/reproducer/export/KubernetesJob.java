package reprise.reproducer.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import reprise.ledger.Job;
import reprise.ledger.JobPolicy;
import reprise.ledger.JobPolicy.CatchUp;
import reprise.ledger.JobPolicy.Overlap;
import reprise.ledger.JobSummary;
import reprise.ledger.JobVersion;
import reprise.ledger.Placement;
import reprise.ledger.Trigger;

/**
 * A job as Kubernetes' CronJob, or as its Job if no clock starts it, with the fields of {@code
 * batch/v1}.
 *
 * @param remarks in what it is not as the job was, a sentence each
 */
record KubernetesJob(ObjectNode object, List<String> remarks) {
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .build();
  private static final int LONGEST_NAME = 52; // Kubernetes appends eleven more of its own
  private static final int PUNCTUAL = 60;
  private static final int DAY = 86_400;

  static KubernetesJob of(JobSummary summary, JobVersion version) {
    List<String> remarks = new ArrayList<>();
    Job job = summary.job();
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    Optional<Trigger.Cron> cron = cron(summary, remarks);
    object.put("apiVersion", "batch/v1").put("kind", cron.isPresent() ? "CronJob" : "Job");
    ObjectNode metadata = object.putObject("metadata");
    metadata.put("name", name(job));
    labels(metadata, job, version);
    ObjectNode spec = object.putObject("spec");
    if (cron.isPresent()) {
      schedule(spec, cron.get(), job);
      attempts(spec.putObject("jobTemplate").putObject("spec"), job, version);
    } else {
      attempts(spec, job, version);
    }
    remarks.add(
        "Make its image with 'docker build -t %s .' in that folder, and push it to where the"
                .formatted(image(job, version))
            + " cluster finds it.");
    return new KubernetesJob(object, remarks);
  }

  /** As it is handed to {@code kubectl apply -f}. */
  String yaml() {
    try {
      return YAML.writeValueAsString(object);
    } catch (JsonProcessingException e) {
      throw new AssertionError("a tree of JSON is always YAML", e);
    }
  }

  private static String name(Job job) {
    String name = job.job().value().replace('_', '-').replaceAll("-+$", "");
    return name.substring(0, Math.min(name.length(), LONGEST_NAME)).replaceAll("-+$", "");
  }

  private static String image(Job job, JobVersion version) {
    return "%s:%d".formatted(name(job), version.version());
  }

  private static void labels(ObjectNode metadata, Job job, JobVersion version) {
    metadata
        .putObject("labels")
        .put("app.kubernetes.io/name", name(job))
        .put("app.kubernetes.io/version", String.valueOf(version.version()));
    ObjectNode annotations = metadata.putObject("annotations");
    annotations.put("reprise/run", version.run().value());
    if (job.owner() != null) {
      annotations.put("reprise/owner", job.owner());
    }
  }

  private static Optional<Trigger.Cron> cron(JobSummary job, List<String> remarks) {
    List<Trigger> clock = Clockwork.of(job);
    if (clock.size() > 1) {
      remarks.add("Only the first of its schedules that Kubernetes knows is there.");
    }
    for (Trigger trigger : clock) {
      if (trigger instanceof Trigger.Cron cron && Clockwork.minutes(cron).isPresent()) {
        if (!cron.except().isEmpty()) {
          remarks.add(
              "Kubernetes does not leave out %s.".formatted(String.join(", ", cron.except())));
        }
        return Optional.of(cron);
      }
    }
    if (!clock.isEmpty()) {
      remarks.add("Kubernetes knows no seconds and no equal distances, so nothing starts it.");
    }
    return Optional.empty();
  }

  private static void schedule(ObjectNode spec, Trigger.Cron cron, Job job) {
    JobPolicy policy = job.policy();
    spec.put("schedule", Clockwork.minutes(cron).orElseThrow());
    spec.put("timeZone", cron.zone());
    spec.put(
        "concurrencyPolicy",
        policy.overlap() == Overlap.CANCEL_OLD
            ? "Replace"
            : policy.atOnce() > 1 ? "Allow" : "Forbid");
    spec.put("startingDeadlineSeconds", policy.catchUp() == CatchUp.NONE ? PUNCTUAL : DAY);
    spec.put("suspend", true); // else two would do the same
    spec.put("successfulJobsHistoryLimit", 3).put("failedJobsHistoryLimit", 3);
  }

  private static void attempts(ObjectNode spec, Job job, JobVersion version) {
    JobPolicy policy = job.policy();
    spec.put("backoffLimit", policy.attempts() - 1);
    Integer timeout = policy.timeoutSeconds();
    if (timeout != null) {
      spec.put("activeDeadlineSeconds", (long) timeout * policy.attempts());
    }
    ObjectNode template = spec.putObject("template").putObject("spec");
    template.put("restartPolicy", "Never").put("automountServiceAccountToken", false);
    ObjectNode container = template.putArray("containers").addObject();
    container.put("name", "run").put("image", image(job, version));
    ArrayNode command = container.putArray("command");
    command.add("sh").add("/bundle/run.sh");
    container.putObject("securityContext").put("allowPrivilegeEscalation", false);
    resources(container, policy.where());
  }

  private static void resources(ObjectNode container, Placement where) {
    if (where.cpus() == null && where.memory() == null) {
      return;
    }
    ObjectNode limits = container.putObject("resources").putObject("limits");
    if (where.cpus() != null) {
      limits.put("cpu", String.valueOf(where.cpus()));
    }
    if (where.memory() != null) {
      limits.put("memory", quantity(where.memory()));
    }
  }

  /** Slurm counts in mebibytes, and so do its letters in powers of two. */
  private static String quantity(String memory) {
    return memory.matches("\\d+") ? memory + "Mi" : memory.toUpperCase(java.util.Locale.ROOT) + "i";
  }
}
