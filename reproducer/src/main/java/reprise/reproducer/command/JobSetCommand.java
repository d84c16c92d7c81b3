package reprise.reproducer.command;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import reprise.ledger.Job;
import reprise.ledger.JobName;
import reprise.ledger.JobPolicy;
import reprise.ledger.JobPolicy.CatchUp;
import reprise.ledger.JobPolicy.Overlap;
import reprise.ledger.JobPolicy.WhilePaused;
import reprise.ledger.Trigger;

@Command(
    name = "set",
    mixinStandardHelpOptions = true,
    description = "Says how a job's firings are carried out; what is not named stays as it is.")
final class JobSetCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "JOB")
  private JobName job;

  @Mixin private AlertOptions alerts;

  @Mixin private PlacementOptions placement;

  @Option(names = "--at-once", paramLabel = "N", description = "How many may be at work at once.")
  private @Nullable Integer atOnce;

  @Option(
      names = "--overlap",
      description = "For one that comes while so many are: ${COMPLETION-CANDIDATES}.")
  private @Nullable Overlap overlap;

  @Option(
      names = "--catch-up",
      description = "For times that nobody looked at: ${COMPLETION-CANDIDATES}.")
  private @Nullable CatchUp catchUp;

  @Option(
      names = "--catch-up-most",
      paramLabel = "N",
      description = "How many of them are made up for under ALL.")
  private @Nullable Integer catchUpMost;

  @Option(
      names = "--while-paused",
      description =
          "For what comes in a pause, times, messages and files alike: ${COMPLETION-CANDIDATES}. KEEP"
              + " has it wait, DROP leaves it out and says so in the history.")
  private @Nullable WhilePaused whilePaused;

  @Option(names = "--attempts", paramLabel = "N", description = "How often a firing is tried.")
  private @Nullable Integer attempts;

  @Option(
      names = "--back-off",
      paramLabel = "D",
      converter = Stretch.Reader.class,
      description = "Before the second attempt; doubled before each further one.")
  private @Nullable Stretch backOff;

  @Option(
      names = "--stage-attempts",
      paramLabel = "N",
      description =
          "How often a stage of a job that was promoted --dag is tried alone within one attempt,"
              + " after the same pauses.")
  private @Nullable Integer stageAttempts;

  @Option(
      names = "--timeout",
      paramLabel = "D",
      converter = Stretch.Reader.class,
      description = "Stop an attempt after this time.")
  private @Nullable Stretch timeout;

  @Option(names = "--memory", paramLabel = "SIZE", description = "The largest heap, e.g. 2g.")
  private @Nullable String memory;

  @Option(names = "--json", description = "Print one JSON object and nothing else.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    JobClient jobs = JobClient.of(System.getenv());
    JobPolicy before = jobs.job(job).job().policy();
    JobPolicy policy =
        new JobPolicy(
            or(atOnce, before.atOnce()),
            overlap == null ? before.overlap() : overlap,
            catchUp == null ? before.catchUp() : catchUp,
            or(catchUpMost, before.catchUpMost()),
            whilePaused == null ? before.whilePaused() : whilePaused,
            or(attempts, before.attempts()),
            backOff == null ? before.backOffSeconds() : Math.toIntExact(backOff.seconds()),
            stageAttempts == null ? before.stageAttempts() : stageAttempts,
            timeout == null
                ? before.timeoutSeconds()
                : (Integer) Math.toIntExact(timeout.seconds()),
            memory == null ? before.memory() : memory,
            placement.over(before.placement()));
    jobs.put(job, policy);
    alerts.apply(jobs, job);
    Job now = jobs.job(job).job();
    new Screen(spec.commandLine(), json).answer(now, lines(now));
    return Reprise.DONE;
  }

  private static int or(@Nullable Integer given, int before) {
    return given == null ? before : given;
  }

  private static List<String> lines(Job job) {
    JobPolicy it = job.policy();
    return List.of(
        "%s: %d at once, then %s; after a gap %s; in a pause %s; %d attempts, %d s before the second"
                .formatted(
                    job.job(),
                    it.atOnce(),
                    it.overlap(),
                    it.catchUp(),
                    it.whilePaused(),
                    it.attempts(),
                    it.backOffSeconds())
            + (it.stageAttempts() == null
                ? ""
                : "; each stage up to %d times".formatted(it.stageAttempts())));
  }

  /** A trigger in words. */
  static String words(Trigger trigger) {
    Integer quiet = trigger instanceof Trigger.Debounced it ? it.debounceSeconds() : (Integer) null;
    return quiet == null
        ? bare(trigger)
        : "%s, after %d s of quiet".formatted(bare(trigger), quiet);
  }

  private static String bare(Trigger trigger) {
    if (trigger instanceof Trigger.Cron cron) {
      return "cron %s in %s%s"
          .formatted(
              cron.expression(),
              cron.zone(),
              cron.except().isEmpty() ? "" : ", except " + String.join(", ", cron.except()));
    }
    if (trigger instanceof Trigger.Every every) {
      return "every %d s".formatted(every.seconds());
    }
    if (trigger instanceof Trigger.Directory directory) {
      return "files %s in %s".formatted(directory.pattern(), directory.path());
    }
    if (trigger instanceof Trigger.Redis redis) {
      return "stream %s of Redis at %s, as %s"
          .formatted(redis.stream(), redis.url(), redis.group());
    }
    if (trigger instanceof Trigger.Kafka kafka) {
      return "topic %s of Kafka at %s, as %s"
          .formatted(kafka.topic(), kafka.servers(), kafka.group());
    }
    if (trigger instanceof Trigger.After after) {
      return "after job %s (%s)%s"
          .formatted(
              after.job(),
              after.end().name().toLowerCase(Locale.ROOT),
              after.parameter() == null ? "" : ", its files to " + after.parameter());
    }
    return trigger instanceof Trigger.Once once
        ? "once at " + Moment.words(once.at())
        : "webhook, see 'reprise job hook'";
  }
}
