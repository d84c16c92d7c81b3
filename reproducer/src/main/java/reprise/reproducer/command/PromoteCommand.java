package reprise.reproducer.command;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import reprise.ledger.JobName;
import reprise.ledger.JobVersion;
import reprise.ledger.Promotion;
import reprise.ledger.Trigger;

@Command(
    name = "promote",
    mixinStandardHelpOptions = true,
    description = "Makes a run that reproduced a job, or the next version of one.")
final class PromoteCommand implements Callable<Integer> {
  private static final int SHOWN = 10;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN", description = "An id, a unique prefix of one, or @latest.")
  private String run;

  @Option(names = "--name", paramLabel = "JOB", required = true, description = "The job's name.")
  private JobName job;

  @Mixin private ScheduleOptions schedule;

  @Option(
      names = "-p",
      paramLabel = "name=value",
      description =
          "Another value for a parameter of the run; may be repeated. {due} in it is the day that a"
              + " firing stands for, {due:yyyy/MM} whatever you make of it.")
  private Map<String, String> parameters = new LinkedHashMap<>();

  @Option(
      names = {"--live", "--live-data"},
      paramLabel = "PATH",
      arity = "0..1",
      fallbackValue = Promotion.EVERYTHING,
      description =
          "Read this file or folder as it is when the job runs, instead of as it was recorded;"
              + " without a path all that the run read. May be repeated.")
  private List<String> live = new ArrayList<>();

  @Option(
      names = "--fresh-chance",
      description = "New random numbers and the real clock, instead of the recorded ones.")
  private boolean freshChance;

  @Option(
      names = "--online",
      description = "Let the cells reach the network, instead of giving them recorded replies.")
  private boolean online;

  @Option(
      names = "--dag",
      description =
          "Execute stages between which only files cross side by side, each in a JVM of its own, and"
              + " those not at all of which nothing has changed. 'reprise advise RUN' shows them.")
  private boolean dag;

  @Option(
      names = "--unverified",
      paramLabel = "REASON",
      description = "Promote a run that has not reproduced; the reason is kept.")
  private @Nullable String unverified;

  @Mixin private AlertOptions alerts;

  @Option(names = "--json", description = "Print one JSON object and nothing else.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    JobClient jobs = JobClient.of(System.getenv());
    JobVersion version =
        jobs.promote(
            job, new Promotion(run, parameters, live, freshChance, online, dag, unverified));
    alerts.apply(jobs, job);
    List<Trigger> triggers = schedule.triggers();
    jobs.set(job, triggers);
    List<Instant> times = jobs.times(job, SHOWN);
    new Screen(spec.commandLine(), json).answer(version, lines(version, times));
    return Reprise.DONE;
  }

  private static List<String> lines(JobVersion it, List<Instant> times) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Job %s, version %d: run %s, %s."
            .formatted(
                it.job(),
                it.version(),
                it.run(),
                it.unverified() == null
                    ? String.valueOf(it.verdict())
                    : "not verified (" + it.unverified() + ")"));
    it.parameters()
        .forEach(
            parameter ->
                lines.add(
                    "parameter %s %s = %s"
                        .formatted(parameter.type(), parameter.name(), parameter.value())));
    it.inputs()
        .forEach(
            input ->
                lines.add("%-6s %s".formatted(input.live() ? "live" : "frozen", input.path())));
    lines.add(
        it.freshChance()
            ? "Random numbers and the clock are new each time."
            : "Random numbers and the clock are as recorded; --fresh-chance makes them new.");
    it.stages().forEach(stage -> lines.add(StageLine.of(stage)));
    it.changes().forEach(line -> lines.add("changed: " + line));
    if (times.isEmpty()) {
      lines.add(
          "Nothing starts it yet; 'reprise job schedule %s --cron …' does.".formatted(it.job()));
    } else {
      lines.add("It is due next:");
      times.forEach(time -> lines.add("  " + Moment.words(time)));
    }
    return lines;
  }
}
