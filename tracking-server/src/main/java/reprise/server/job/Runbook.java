package reprise.server.job;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import reprise.ledger.Artifact;
import reprise.ledger.Attempt;
import reprise.ledger.AttemptStatus;
import reprise.ledger.Firing;
import reprise.ledger.FiringStatus;
import reprise.ledger.Job;
import reprise.ledger.JobAlerts;
import reprise.ledger.JobTrigger;
import reprise.ledger.JobVersion;
import reprise.ledger.JobVersion.JobInput;
import reprise.ledger.Run;
import reprise.server.db.EventLog;
import reprise.server.job.time.Schedule;

/** A page, in Markdown, for whoever has to look after a job next. */
final class Runbook {
  private static final int HISTORY = 500;
  private static final int SHOWN = 10;

  private final Handle handle;
  private final Job job;
  private final JobVersion version;
  private final Run golden;
  private final List<Firing> history;
  private final StringBuilder text = new StringBuilder();

  private Runbook(Handle handle, Job job) {
    this.handle = handle;
    this.job = job;
    this.version = handle.attach(JobTable.class).version(job.job(), job.version()).orElseThrow();
    this.golden = Run.of(version.run(), new EventLog(handle).upTo(version.run())).orElseThrow();
    this.history = handle.attach(FiringTable.class).of(job.job(), Long.MAX_VALUE, HISTORY);
  }

  /** The page of the version that counts, as of now. */
  static String of(Handle handle, Job job, InstantSource clock) {
    return new Runbook(handle, job).page(clock.instant());
  }

  private String page(Instant now) {
    line("# %s".formatted(job.job()));
    line(
        "Version %d, as of %s. Answers for it: %s."
            .formatted(version.version(), now, job.owner() == null ? "nobody" : job.owner()));
    what();
    inputs();
    outputs();
    when(now);
    alerts();
    how();
    past();
    return text.toString();
  }

  private void what() {
    head("What it does");
    line(
        "It executes the %d steps of run `%s` of the notebook %s (experiment %s), promoted %s with verdict %s."
            .formatted(
                golden.history().size(),
                version.run(),
                golden.notebook().path() == null ? "that nobody named" : golden.notebook().path(),
                golden.experiment(),
                version.promotedAt(),
                version.verdict()));
    if (version.unverified() != null) {
      line("It was promoted without a proof: " + version.unverified());
    }
    line(
        "JDK %s of %s; random numbers and the clock are %s; the network is %s."
            .formatted(
                golden.environment().jdk().version(),
                golden.environment().jdk().vendor(),
                version.freshChance() ? "new each time" : "as recorded",
                version.online() ? "asked each time" : "as recorded"));
    items(
        "Parameters",
        version.parameters().stream()
            .map(it -> "`%s` %s = %s".formatted(it.name(), it.type(), it.value()))
            .toList());
    items("Changed since the version before", version.changes());
  }

  private void inputs() {
    head("Inputs");
    List<String> lines = new ArrayList<>();
    for (JobInput input : version.inputs()) {
      lines.add(
          "`%s` %s"
              .formatted(
                  input.path(),
                  input.live() ? "as it lies there when the job runs" : "as recorded"));
    }
    listed(lines, "None.");
  }

  private void outputs() {
    head("Outputs");
    Set<String> paths = new TreeSet<>();
    history.stream()
        .map(Firing::attempts)
        .flatMap(List::stream)
        .map(Attempt::artifacts)
        .flatMap(List::stream)
        .map(Artifact::path)
        .forEach(paths::add);
    listed(paths.stream().map("`%s`"::formatted).toList(), "Nothing yet.");
    line("The newest lie in `server/jobs/%s/latest` of the server's home.".formatted(job.job()));
  }

  private void when(Instant now) {
    head("When it runs");
    List<JobTrigger> triggers = handle.attach(JobTable.class).triggers(job.job());
    listed(triggers.stream().map(it -> Words.of(it.trigger())).toList(), "By hand.");
    List<Instant> next =
        triggers.stream()
            .flatMap(it -> Schedule.of(it.trigger(), now).next(now, SHOWN).stream())
            .distinct()
            .sorted()
            .limit(SHOWN)
            .toList();
    items("Next", next.stream().map(Instant::toString).toList());
    line(
        "At most %d at once, then %s. After a gap: %s. In a pause, what comes: %s. Attempts: %d."
            .formatted(
                job.policy().atOnce(),
                job.policy().overlap(),
                job.policy().catchUp(),
                job.policy().whilePaused(),
                job.policy().attempts()));
    if (job.paused()) {
      line("**It is paused.**");
    }
  }

  private void alerts() {
    head("Alerts");
    JobAlerts alerts = handle.attach(AlertTable.class).of(job.job());
    if (alerts.to().isEmpty()) {
      line(alerts.none() ? "Nobody is told; that was decided." : "Nobody is told.");
      return;
    }
    items("Told", alerts.to().stream().map("`%s`"::formatted).toList());
    items("When", alerts.rules().stream().map(Words::of).toList());
  }

  private void how() {
    head("What to do");
    list(
        List.of(
            "run it now: `reprise job run %s --wait`".formatted(job.job()),
            "try a firing again: `reprise job repair FIRING --wait`",
            "make up for a stretch: `reprise job backfill %s --from DAY --to DAY --preview`"
                .formatted(job.job()),
            "hold it: `reprise job pause %s`, and on: `reprise job resume %s`"
                .formatted(job.job(), job.job()),
            "go back a version: `reprise job rollback %s`".formatted(job.job()),
            "see why an attempt came out otherwise: `reprise explain RUN`, with the run of the attempt"));
  }

  private void past() {
    head("What went wrong before, and what mended it");
    List<String> lines = new ArrayList<>();
    for (Firing firing : history) {
      firing.attempts().stream()
          .filter(it -> it.why() != null && it.status() != AttemptStatus.CANCELLED)
          .findFirst()
          .ifPresent(it -> lines.add(trouble(firing, it)));
    }
    listed(lines.stream().limit(SHOWN).toList(), "Nothing yet.");
    times();
  }

  private String trouble(Firing firing, Attempt attempt) {
    return "firing %d, %s: %s; %s"
        .formatted(
            firing.firing(),
            firing.due() == null ? firing.createdAt() : firing.due(),
            attempt.why(),
            mended(firing));
  }

  private String mended(Firing firing) {
    if (firing.status() == FiringStatus.SUCCEEDED) {
      return "attempt %d succeeded".formatted(firing.attempts().size());
    }
    return history.stream()
        .filter(it -> it.firing() > firing.firing() && it.status() == FiringStatus.SUCCEEDED)
        .reduce((newer, older) -> older)
        .map(
            it ->
                it.version() == firing.version()
                    ? "firing %d succeeded".formatted(it.firing())
                    : "version %d succeeded".formatted(it.version()))
        .orElse("not mended");
  }

  private void times() {
    List<Duration> took = new ArrayList<>();
    for (Firing firing : history) {
      for (Attempt attempt : firing.attempts()) {
        if (attempt.status() == AttemptStatus.SUCCEEDED
            && attempt.startedAt() != null
            && attempt.endedAt() != null) {
          took.add(Duration.between(attempt.startedAt(), attempt.endedAt()));
        }
      }
    }
    if (!took.isEmpty()) {
      took.sort(null);
      line(
          "It takes %s in the median of %d successes, %s at most."
              .formatted(
                  Words.of(took.get(took.size() / 2)),
                  took.size(),
                  Words.of(took.get(took.size() - 1))));
    }
  }

  private void head(String title) {
    line("## " + title);
  }

  private void line(String line) {
    text.append(line).append("\n\n");
  }

  private void items(String title, List<String> items) {
    if (!items.isEmpty()) {
      text.append(title).append(":\n");
      list(items);
    }
  }

  /** What a head stands over, and what is said where there is none of it. */
  private void listed(List<String> items, String otherwise) {
    if (items.isEmpty()) {
      line(otherwise);
    } else {
      list(items);
    }
  }

  private void list(List<String> items) {
    items.forEach(it -> text.append("- ").append(it.replace('\n', ' ')).append('\n'));
    text.append('\n');
  }
}
