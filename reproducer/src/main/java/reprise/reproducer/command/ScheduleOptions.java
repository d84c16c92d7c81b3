package reprise.reproducer.command;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import reprise.ledger.Trigger;

/** The options that say when a job is due. */
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
    return triggers;
  }
}
