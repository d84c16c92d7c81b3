package reprise.server.job;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reprise.ledger.AlertRule;
import reprise.ledger.Attempt;
import reprise.ledger.AttemptStatus;
import reprise.ledger.BlobFolder;
import reprise.ledger.Data;
import reprise.ledger.Data.Direction;
import reprise.ledger.Digest;
import reprise.ledger.Firing;
import reprise.ledger.FiringStatus;
import reprise.ledger.Job;
import reprise.ledger.JobAlerts;
import reprise.ledger.JobName;
import reprise.ledger.JobVersion;
import reprise.ledger.JobVersion.JobInput;
import reprise.ledger.Run;
import reprise.ledger.RunId;
import reprise.ledger.Step;
import reprise.server.db.EventLog;
import reprise.server.job.drift.DataProfile;

/**
 * Holds what jobs read against what their golden runs read, and has it told where that has drifted.
 * Tables may be large, so this is done after a firing has ended and not while it does; each is
 * looked at once, and the newest again after a restart. For one thread.
 */
final class Drift {
  private static final Logger LOG = LoggerFactory.getLogger(Drift.class);
  private static final int MOST_AT_ONCE = 50;
  private static final int MOST_LINES = 20;

  private final Jdbi jdbi;
  private final BlobFolder blobs;
  private final InstantSource clock;
  private final Map<JobName, Long> looked = new HashMap<>();

  Drift(Jdbi jdbi, BlobFolder blobs, InstantSource clock) {
    this.jdbi = jdbi;
    this.blobs = blobs;
    this.clock = clock;
  }

  /** A firing, and the files that it read with those of the golden run that they stand for. */
  private record Candidate(Job job, Firing firing, Map<JobInput, Digest> read) {}

  /** Looks at all that has succeeded since the last time. */
  void look() {
    jdbi.withExtension(AlertTable.class, AlertTable::watched).forEach(this::look);
  }

  private void look(JobName name, JobAlerts alerts) {
    for (AlertRule rule : alerts.rules()) {
      if (rule instanceof AlertRule.IfDrifted drifted) {
        jdbi.withExtension(JobTable.class, table -> table.find(name))
            .ifPresent(job -> candidates(job).forEach(it -> tell(it, drifted, alerts)));
      }
    }
  }

  private List<Candidate> candidates(Job job) {
    return jdbi.withHandle(
        handle -> {
          List<Firing> succeeded =
              handle.attach(FiringTable.class).of(job.job(), Long.MAX_VALUE, MOST_AT_ONCE).stream()
                  .filter(it -> it.status() == FiringStatus.SUCCEEDED)
                  .toList();
          Long last = looked.get(job.job());
          List<Candidate> candidates = new ArrayList<>();
          for (Firing each : last == null ? succeeded.stream().limit(1).toList() : succeeded) {
            if (last == null || each.firing() > last) {
              candidates.add(new Candidate(job, each, read(handle, each)));
            }
          }
          succeeded.stream().findFirst().ifPresent(it -> looked.put(job.job(), it.firing()));
          return candidates;
        });
  }

  /** By the golden run's tables what was read in their place, where that are other bytes. */
  private static Map<JobInput, Digest> read(Handle handle, Firing firing) {
    Map<String, Digest> now = new LinkedHashMap<>();
    firing.attempts().stream()
        .filter(it -> it.status() == AttemptStatus.SUCCEEDED)
        .map(Attempt::runs)
        .flatMap(List::stream)
        .forEach(run -> now.putAll(tables(handle, run)));
    List<JobInput> golden =
        handle
            .attach(JobTable.class)
            .version(firing.job(), firing.version())
            .map(JobVersion::inputs)
            .orElse(List.of())
            .stream()
            .filter(it -> it.digest() != null && DataProfile.isTable(it.path()))
            .toList();
    Map<JobInput, Digest> read = new LinkedHashMap<>();
    for (JobInput input : golden) {
      Digest same = now.remove(input.path());
      if (same != null && !same.equals(input.digest())) {
        read.put(input, same);
      }
    }
    now.forEach(
        (path, digest) -> predecessor(path, golden).ifPresent(it -> read.putIfAbsent(it, digest)));
    return read;
  }

  private static Map<String, Digest> tables(Handle handle, RunId id) {
    Map<String, Digest> tables = new LinkedHashMap<>();
    List<Step> steps =
        Run.of(id, new EventLog(handle).upTo(id)).map(Run::history).orElse(List.of());
    for (Step step : steps) {
      for (Data data : step.data()) {
        Digest digest = data.digest();
        if (data.direction() == Direction.READ
            && digest != null
            && DataProfile.isTable(data.path())) {
          tables.putIfAbsent(data.path(), digest);
        }
      }
    }
    return tables;
  }

  /** A file of another name, as of another day, stands for the only one of its folder. */
  private static Optional<JobInput> predecessor(String path, List<JobInput> golden) {
    List<JobInput> beside =
        golden.stream()
            .filter(
                it ->
                    Path.of(it.path()).resolveSibling("").equals(Path.of(path).resolveSibling("")))
            .toList();
    return beside.size() == 1 ? Optional.of(beside.get(0)) : Optional.empty();
  }

  private void tell(Candidate candidate, AlertRule.IfDrifted rule, JobAlerts alerts) {
    List<String> lines = new ArrayList<>();
    candidate
        .read()
        .forEach(
            (golden, digest) ->
                drift(golden, digest, rule.margin())
                    .forEach(
                        line -> lines.add(Path.of(golden.path()).getFileName() + ": " + line)));
    if (!lines.isEmpty()) {
      String text = String.join("\n", lines.subList(0, Math.min(lines.size(), MOST_LINES)));
      News news = News.of(candidate.firing(), "reads data that have drifted", text);
      jdbi.useTransaction(
          handle -> news.tell(handle, candidate.job().job(), rule, alerts.to(), clock.instant()));
    }
  }

  private List<String> drift(JobInput golden, Digest now, double margin) {
    Optional<Path> then = Optional.ofNullable(golden.digest()).flatMap(blobs::find);
    Optional<Path> today = blobs.find(now);
    if (then.isEmpty() || today.isEmpty()) {
      return List.of(); // too large to be kept, or gone
    }
    try {
      return DataProfile.of(today.get()).since(DataProfile.of(then.get()), margin);
    } catch (IOException e) {
      LOG.info("{} cannot be compared", golden.path(), e);
      return List.of("it cannot be read as a table any more");
    }
  }
}
