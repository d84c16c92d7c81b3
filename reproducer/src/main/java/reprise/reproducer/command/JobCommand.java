package reprise.reproducer.command;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import reprise.ledger.Alert;
import reprise.ledger.Attempt;
import reprise.ledger.Backfill;
import reprise.ledger.Firing;
import reprise.ledger.FiringStatus;
import reprise.ledger.Job;
import reprise.ledger.JobName;
import reprise.ledger.JobSummary;
import reprise.ledger.JobVersion;

@Command(
    name = "job",
    mixinStandardHelpOptions = true,
    subcommands = {JobSetCommand.class, JobExportCommand.class},
    description = "Shows jobs, and has them do what you want.")
final class JobCommand implements Runnable {
  private static final String JSON = "Print JSON and nothing else.";

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "Which of: list, show, run, sweep, pause, resume, schedule, unschedule, hook, set, alerts, runbook, rollback, backfill,"
            + " history, cancel, repair, export?");
  }

  private static JobClient jobs() {
    return JobClient.of(System.getenv());
  }

  private Screen screen(boolean json) {
    return new Screen(spec.commandLine(), json);
  }

  @Command(mixinStandardHelpOptions = true, description = "Lists all jobs.")
  int list(@Option(names = "--json", description = JSON) boolean json) throws IOException {
    List<JobSummary> all = jobs().all();
    List<String> lines = new ArrayList<>();
    all.forEach(it -> lines.add(line(it)));
    if (all.isEmpty()) {
      lines.add("No jobs yet; 'reprise promote RUN --name JOB' makes one.");
    }
    screen(json).answer(all, lines);
    return Reprise.DONE;
  }

  private static String line(JobSummary it) {
    Job job = it.job();
    Firing last = it.recent().isEmpty() ? null : it.recent().get(0);
    return "%-24s v%-3d %-9s last %s, next %s"
        .formatted(
            job.job(),
            job.version(),
            job.paused() ? "paused" : "on",
            last == null ? "never" : last.status() + " " + Moment.words(last.createdAt()),
            it.next() == null ? "by hand only" : Moment.words(it.next()));
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Shows a job with its versions, triggers and next times.")
  int show(
      @Parameters(paramLabel = "JOB") JobName job,
      @Option(names = "--json", description = JSON) boolean json)
      throws IOException {
    JobClient jobs = jobs();
    JobSummary summary = jobs.job(job);
    List<String> lines = new ArrayList<>();
    lines.add(line(summary));
    lines.add(
        "owner: %s".formatted(summary.job().owner() == null ? "nobody" : summary.job().owner()));
    summary
        .triggers()
        .forEach(
            it ->
                lines.add(
                    "trigger %d: %s%s"
                        .formatted(
                            it.id(),
                            JobSetCommand.words(it.trigger()),
                            it.complaint() == null ? "" : "; hears nothing: " + it.complaint())));
    jobs.times(job, 10).forEach(time -> lines.add("due: " + Moment.words(time)));
    for (JobVersion version : jobs.versions(job)) {
      lines.add(
          "version %d%s: run %s, promoted %s"
              .formatted(
                  version.version(),
                  version.version() == summary.job().version() ? " (counts)" : "",
                  version.run(),
                  Moment.words(version.promotedAt())));
      version.changes().forEach(change -> lines.add("  " + change));
    }
    screen(json).answer(summary, lines);
    return Reprise.DONE;
  }

  @Command(mixinStandardHelpOptions = true, description = "Runs a job now, also in a pause.")
  int run(
      @Parameters(paramLabel = "JOB") JobName job,
      @Option(
              names = "-p",
              paramLabel = "name=value",
              description = "Another value for a parameter of the job; may be repeated.")
          @Nullable Map<String, String> parameters,
      @Option(
              names = "--key",
              paramLabel = "KEY",
              description = "Run it once only, however often this is asked for with the same key.")
          @Nullable String key,
      @Option(names = "--wait", description = "Wait for the end; exit 1 if it was no success.")
          boolean wait,
      @Option(names = "--json", description = JSON) boolean json)
      throws IOException, InterruptedException {
    Firing firing = jobs().fire(job, parameters == null ? new LinkedHashMap<>() : parameters, key);
    return answer(wait ? jobs().ended(firing) : firing, wait, json);
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Runs a job once for each combination of parameters' values.")
  int sweep(
      @Parameters(paramLabel = "JOB") JobName job,
      @Option(
              names = "-p",
              required = true,
              paramLabel = "name=value,value...",
              description =
                  "The values of a parameter, with commas between them (\\\\, is one that belongs to a"
                      + " value); may be repeated.")
          Map<String, String> lists,
      @Option(names = "--wait", description = "Wait for the end; exit 1 if not all succeeded.")
          boolean wait,
      @Option(names = "--json", description = JSON) boolean json)
      throws IOException, InterruptedException {
    List<Firing> firings = new ArrayList<>();
    for (Map<String, String> point : new Grid(lists, Map.of())) {
      firings.add(jobs().fire(job, point, null));
    }
    if (wait) {
      JobClient jobs = jobs();
      for (int i = 0; i < firings.size(); i++) {
        firings.set(i, jobs.ended(firings.get(i)));
      }
    }
    List<String> lines = new ArrayList<>();
    firings.forEach(it -> lines.addAll(lines(it)));
    screen(json).answer(firings, lines);
    boolean all = firings.stream().allMatch(it -> it.status() == FiringStatus.SUCCEEDED);
    return wait && !all ? Reprise.DIFFERENT : Reprise.DONE;
  }

  private int answer(Firing firing, boolean waited, boolean json) {
    screen(json).answer(firing, lines(firing));
    return waited && firing.status() != FiringStatus.SUCCEEDED ? Reprise.DIFFERENT : Reprise.DONE;
  }

  @Command(mixinStandardHelpOptions = true, description = "Shows when a job ran, newest first.")
  int history(
      @Parameters(paramLabel = "JOB") JobName job,
      @Option(names = "--limit", defaultValue = "50", description = "At most so many.") int limit,
      @Option(names = "--json", description = JSON) boolean json)
      throws IOException {
    List<Firing> firings = jobs().history(job, limit);
    List<String> lines = new ArrayList<>();
    firings.forEach(it -> lines.addAll(lines(it)));
    if (firings.isEmpty()) {
      lines.add("It never ran; 'reprise job run %s' has it run now.".formatted(job));
    }
    screen(json).answer(firings, lines);
    return Reprise.DONE;
  }

  private static List<String> lines(Firing it) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "firing %d of %s v%d  %-9s  %s  %s%s"
            .formatted(
                it.firing(),
                it.job(),
                it.version(),
                it.status(),
                Moment.words(it.due() == null ? it.createdAt() : it.due()),
                it.cause(),
                it.why() == null ? "" : "; " + it.why()));
    for (Attempt attempt : it.attempts()) {
      lines.add(
          "  attempt %d  %s  %-9s  %s%s"
              .formatted(
                  attempt.number(),
                  attempt.attempt(),
                  attempt.status(),
                  attempt.run() == null ? "" : attempt.run(),
                  attempt.why() == null ? "" : "  " + attempt.why()));
      attempt.artifacts().forEach(file -> lines.add("    %s".formatted(file.path())));
    }
    return lines;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = {
        "Holds a job's triggers and its queue.",
        "Times, messages and files that come meanwhile are left out, or wait, as 'reprise job set"
            + " --while-paused' says."
      })
  int pause(
      @Parameters(paramLabel = "JOB") JobName job,
      @Option(names = "--json", description = JSON) boolean json)
      throws IOException {
    Job paused = jobs().pause(job, true);
    String rule =
        switch (paused.policy().whilePaused()) {
          case DROP -> "is left out";
          case KEEP -> "waits";
        };
    screen(json)
        .answer(paused, List.of("%s is paused; what comes meanwhile %s.".formatted(job, rule)));
    return Reprise.DONE;
  }

  @Command(mixinStandardHelpOptions = true, description = "Ends a pause.")
  int resume(
      @Parameters(paramLabel = "JOB") JobName job,
      @Option(names = "--json", description = JSON) boolean json)
      throws IOException {
    screen(json).answer(jobs().pause(job, false), List.of("%s goes on.".formatted(job)));
    return Reprise.DONE;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Sets what starts a job, besides what does already.")
  int schedule(
      @Parameters(paramLabel = "JOB") JobName job,
      @Mixin ScheduleOptions schedule,
      @Option(names = "--json", description = JSON) boolean json)
      throws IOException {
    if (schedule.triggers().isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "Say when: --cron '30 6 * * *', --every 2h, --at 2027-01-31T06:30, --webhook,"
              + " --files DIR, --redis URL --stream KEY, --kafka SERVERS --topic T or --after JOB.");
    }
    JobClient jobs = jobs();
    List<String> lines = new ArrayList<>();
    var set = jobs.set(job, schedule.triggers());
    jobs.times(job, 10).forEach(time -> lines.add("due: " + Moment.words(time)));
    screen(json).answer(set, lines);
    return Reprise.DONE;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Shows where and how messages are to be sent that start a job.")
  int hook(
      @Parameters(paramLabel = "TRIGGER", description = "Its number in 'reprise job show'.")
          long trigger,
      @Option(names = "--json", description = JSON) boolean json)
      throws IOException {
    JobClient jobs = jobs();
    JobClient.Hook hook = jobs.hook(trigger);
    screen(json)
        .answer(
            hook,
            List.of(
                "address    " + jobs.server().server().resolve(hook.path()),
                "secret     " + hook.secret(),
                "headers    " + String.join(", ", hook.headers()),
                "signature  " + hook.signature()));
    return Reprise.DONE;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Shows what was told of a job, to whom, and what did not arrive.")
  int alerts(
      @Parameters(paramLabel = "JOB") JobName job,
      @Option(names = "--json", description = JSON) boolean json)
      throws IOException {
    List<Alert> told = jobs().told(job);
    List<String> lines = new ArrayList<>();
    told.forEach(
        it ->
            lines.add(
                "%s  %-10s  %s  %s%s"
                    .formatted(
                        Moment.words(it.createdAt()),
                        it.rule(),
                        it.channel(),
                        it.subject(),
                        it.sentAt() != null
                            ? ""
                            : it.problem() == null
                                ? " (on its way)"
                                : " (not yet: " + it.problem() + ")")));
    if (told.isEmpty()) {
      lines.add("Nobody was told anything of it.");
    }
    screen(json).answer(told, lines);
    return Reprise.DONE;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Writes a page, in Markdown, for whoever looks after a job next.")
  int runbook(
      @Parameters(paramLabel = "JOB") JobName job,
      @Option(names = "--of", paramLabel = "VERSION", description = "Of an earlier version.")
          @Nullable Integer version,
      @Option(names = "--json", description = JSON) boolean json)
      throws IOException {
    JobClient.Page page = jobs().runbook(job, version == null ? 0 : version);
    screen(json).answer(page, List.of(page.markdown().stripTrailing()));
    return Reprise.DONE;
  }

  @Command(mixinStandardHelpOptions = true, description = "Takes a trigger of a job away.")
  int unschedule(
      @Parameters(paramLabel = "JOB") JobName job,
      @Parameters(paramLabel = "TRIGGER", description = "Its number in 'reprise job show'.")
          long trigger)
      throws IOException {
    jobs().takeAway(job, trigger);
    return Reprise.DONE;
  }

  @Command(mixinStandardHelpOptions = true, description = "Lets another version of a job count.")
  int rollback(
      @Parameters(paramLabel = "JOB") JobName job,
      @Parameters(
              paramLabel = "VERSION",
              arity = "0..1",
              description = "The one before the present one, if none is given.")
          @Nullable Integer version,
      @Option(names = "--json", description = JSON) boolean json)
      throws IOException {
    JobClient jobs = jobs();
    int wanted = version != null ? version : jobs.job(job).job().version() - 1;
    Job now = jobs.choose(job, wanted);
    screen(json).answer(now, List.of("%s runs version %d from now on.".formatted(job, wanted)));
    return Reprise.DONE;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Makes up for the times of a stretch; those that ran before are left alone.")
  int backfill(
      @Parameters(paramLabel = "JOB") JobName job,
      @Option(names = "--from", required = true, converter = Moment.Reader.class) Moment from,
      @Option(names = "--to", required = true, converter = Moment.Reader.class) Moment to,
      @Option(names = "--newest-first") boolean newestFirst,
      @Option(names = "--preview", description = "Only say what would be done.") boolean preview,
      @Option(names = "--json", description = JSON) boolean json)
      throws IOException {
    Backfill told =
        jobs()
            .backfill(
                job, new Backfill(from.instant(), to.instant(), newestFirst, null, null), preview);
    List<Instant> times = told.times() == null ? List.of() : told.times();
    List<String> lines = new ArrayList<>();
    lines.add(
        "%d times, of which %d were fired before; %s."
            .formatted(
                times.size(),
                told.known(),
                preview ? "nothing was done yet" : "the others wait for their turn"));
    times.stream().limit(10).forEach(time -> lines.add("  " + Moment.words(time)));
    screen(json).answer(told, lines);
    return Reprise.DONE;
  }

  @Command(mixinStandardHelpOptions = true, description = "Ends a firing before it is done.")
  int cancel(
      @Parameters(paramLabel = "FIRING") long firing,
      @Option(names = "--json", description = JSON) boolean json)
      throws IOException {
    return answer(jobs().change(firing, "cancel"), false, json);
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Tries a firing again that came to no good end.")
  int repair(
      @Parameters(paramLabel = "FIRING") long firing,
      @Option(names = "--wait", description = "Wait for the end; exit 1 if it was no success.")
          boolean wait,
      @Option(names = "--json", description = JSON) boolean json)
      throws IOException, InterruptedException {
    Firing again = jobs().change(firing, "repair");
    return answer(wait ? jobs().ended(again) : again, wait, json);
  }
}
