package reprise.reproducer.command;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import reprise.ledger.JobName;
import reprise.ledger.Trigger;

/** The options that say what starts a job. */
final class ScheduleOptions {
  @Option(
      names = "--cron",
      paramLabel = "EXPR",
      description = "Five fields, or six with seconds first, e.g. '30 6 * * MON-FRI'; or @daily.")
  private @Nullable String cron;

  @Option(
      names = "--zone",
      paramLabel = "Z",
      description = "The time zone of --cron, e.g. Europe/Berlin; this machine's if not given.")
  private @Nullable String zone;

  @Option(
      names = "--except",
      paramLabel = "DAY",
      description =
          "A day on which --cron is silent: 2026-12-24, 2026-12-24/2026-12-31 or SAT. May be"
              + " repeated.")
  private List<String> except = new ArrayList<>();

  @Option(
      names = "--every",
      paramLabel = "D",
      converter = Stretch.Reader.class,
      description = "Again and again after this time, e.g. 90s, 30m, 2h or 1d.")
  private @Nullable Stretch every;

  @Option(
      names = "--at",
      paramLabel = "TIME",
      converter = Moment.Reader.class,
      description = "Once, at this moment.")
  private @Nullable Moment at;

  @Option(names = "--webhook", description = "Whenever a signed message is posted.")
  private boolean webhook;

  @Option(names = "--files", paramLabel = "DIR", description = "When files come into this folder.")
  private @Nullable Path files;

  @Option(
      names = "--pattern",
      paramLabel = "GLOB",
      description = "Which files of --files, e.g. '*.csv', or '**/*.csv' for folders in it.")
  private @Nullable String pattern;

  @Option(
      names = "--settle",
      paramLabel = "D",
      converter = Stretch.Reader.class,
      description = "For how long a file of --files must not have changed; 5s if not given.")
  private @Nullable Stretch settle;

  @Option(
      names = "--file-to",
      paramLabel = "PARAMETER",
      description = "The parameter that gets the file's path.")
  private @Nullable String fileTo;

  @Option(
      names = "--together",
      description = "All files that have come are one firing, rather than one each.")
  private boolean together;

  @Option(names = "--after", paramLabel = "JOB", description = "When that job has succeeded.")
  private @Nullable JobName after;

  @Option(
      names = "--after-end",
      defaultValue = "SUCCESS",
      description = "How the job of --after must have ended: ${COMPLETION-CANDIDATES}.")
  private Trigger.After.End end;

  List<Trigger> triggers() {
    List<Trigger> triggers = new ArrayList<>();
    if (cron != null) {
      triggers.add(
          new Trigger.Cron(cron, zone == null ? ZoneId.systemDefault().getId() : zone, except));
    }
    if (every != null) {
      triggers.add(new Trigger.Every(every.seconds(), null));
    }
    if (at != null) {
      triggers.add(new Trigger.Once(at.instant()));
    }
    if (webhook) {
      triggers.add(new Trigger.Webhook());
    }
    if (files != null) {
      triggers.add(
          new Trigger.Directory(
              files.toAbsolutePath().normalize().toString(),
              pattern,
              null,
              settle == null ? 0 : Math.toIntExact(settle.seconds()),
              fileTo,
              together));
    }
    if (after != null) {
      triggers.add(new Trigger.After(after, end));
    }
    return triggers;
  }
}
