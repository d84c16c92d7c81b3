package reprise.server.job;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import reprise.ledger.Job;
import reprise.ledger.JobAlerts;
import reprise.ledger.JobName;
import reprise.ledger.JobTrigger;
import reprise.ledger.JobVersion;
import reprise.ledger.JobVersion.JobParameter;
import reprise.ledger.Trigger;
import reprise.server.http.Refusal;

/** Sees that a trigger can ever work before it is set. */
record TriggerCheck(Handle handle) {
  private static final int LONGEST_QUIET = 86_400;

  /**
   * Checks what its own text does not show.
   *
   * @throws Refusal 400 or 404; the sentence says what would do
   */
  void of(Job job, Trigger trigger) {
    if (trigger instanceof Trigger.Debounced debounced) {
      check(debounced);
    }
    checkSomebodyCares(job);
    if (trigger instanceof Trigger.Directory directory) {
      check(directory);
    } else if (trigger instanceof Trigger.Stream stream) {
      check(stream);
    } else if (trigger instanceof Trigger.After after) {
      check(after);
      check(job.job(), after.job());
    }
    JobVersion version =
        handle.attach(JobTable.class).version(job.job(), job.version()).orElseThrow();
    checkParameter("job " + job.job(), version, trigger);
  }

  /**
   * Checks that what starts a job finds the parameters that it fills in a version that is to count.
   *
   * @throws Refusal 400, naming the trigger
   */
  void of(JobVersion version) {
    for (JobTrigger each : handle.attach(JobTable.class).triggers(version.job())) {
      checkParameter(
          "version %d, which trigger %d would start ('reprise job unschedule %s %d' removes it),"
              .formatted(version.version(), each.id(), version.job(), each.id()),
          version,
          each.trigger());
    }
  }

  private static void checkParameter(String whose, JobVersion version, Trigger trigger) {
    List<JobParameter> known = version.parameters();
    if (trigger instanceof Trigger.Directory directory && directory.parameter() != null) {
      ParameterCheck.of(whose, known, Map.of(directory.parameter(), directory.path()));
    } else if (trigger instanceof Trigger.Stream stream && stream.parameter() != null) {
      ParameterCheck.named(whose, known, stream.parameter());
    } else if (trigger instanceof Trigger.After after && after.parameter() != null) {
      ParameterCheck.of(whose, known, Map.of(after.parameter(), "the path of a folder"));
    }
  }

  /** What runs while nobody looks must have somebody who is told. */
  private void checkSomebodyCares(Job job) {
    JobAlerts alerts = handle.attach(AlertTable.class).of(job.job());
    if (alerts.none()) {
      return;
    }
    if (job.owner() == null || !alerts.areDecided()) {
      throw new Refusal(
          409,
          "nobody would notice when job %s fails; say who answers for it and who is told (reprise job set %s --owner NAME --alert mail:NAME@HOST), or --no-alerts"
              .formatted(job.job(), job.job()));
    }
  }

  private static void check(Trigger.Directory directory) {
    if (!Path.of(directory.path()).isAbsolute()) {
      throw new Refusal(
          400,
          "'%s' is no absolute path; the server works in another folder than you"
              .formatted(directory.path()));
    }
    if (directory.settleSeconds() < 1 || directory.settleSeconds() > 3600) {
      throw new Refusal(400, "settleSeconds is a whole number from 1 to 3600");
    }
    Stream.concat(Stream.of(directory.pattern()), directory.ignore().stream())
        .forEach(TriggerCheck::checkPattern);
  }

  private static void check(Trigger.Debounced debounced) {
    Integer seconds = debounced.debounceSeconds();
    if (seconds != null && (seconds < 1 || seconds > LONGEST_QUIET)) {
      throw new Refusal(
          400, "debounceSeconds is a whole number from 1 to %d".formatted(LONGEST_QUIET));
    }
  }

  private static void check(Trigger.Stream stream) {
    if (stream.server().contains("@")) {
      throw new Refusal(
          400,
          "a password in the address would be kept and shown; put the address into an environment"
              + " variable of the server, and give its name, e.g. REDIS_URL");
    }
    if (stream.stream().isBlank() || "".equals(stream.group())) {
      throw new Refusal(400, "the name of a stream or of a group is not empty");
    }
  }

  private static void check(Trigger.After after) {
    if (after.parameter() != null && after.end() != Trigger.After.End.SUCCESS) {
      throw new Refusal(
          400,
          "a job that has not succeeded leaves no files, so a parameter can get them after SUCCESS only, not after "
              + after.end());
    }
  }

  /** Whether an address is the name of an environment variable, which holds the address. */
  static boolean isVariable(String server) {
    return server.matches("[A-Za-z_][A-Za-z0-9_]*");
  }

  private static void checkPattern(String pattern) {
    try {
      FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    } catch (PatternSyntaxException e) {
      throw new Refusal(
          400, "'%s' is no pattern for files; one is *.csv or **/*.csv".formatted(pattern));
    }
  }

  /** Jobs that start one another in a circle would never come to rest. */
  private void check(JobName job, JobName first) {
    Firings.job(handle, first);
    List<JobTable.Due> all = handle.attach(JobTable.class).ofKind("after");
    Set<JobName> before = new HashSet<>();
    Deque<JobName> open = new ArrayDeque<>(List.of(first));
    while (!open.isEmpty()) {
      JobName next = open.remove();
      if (next.equals(job)) {
        throw new Refusal(
            400,
            "job %s starts %s already, so they would start one another for ever"
                .formatted(job, first));
      }
      if (before.add(next)) {
        all.stream()
            .filter(it -> it.job().equals(next))
            .map(it -> ((Trigger.After) it.trigger()).job())
            .forEach(open::add);
      }
    }
  }
}
