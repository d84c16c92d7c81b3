package reprise.reproducer.command;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
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

  @ArgGroup(exclusive = false)
  private @Nullable RedisOptions redis;

  @ArgGroup(exclusive = false)
  private @Nullable KafkaOptions kafka;

  @Option(
      names = "--group",
      paramLabel = "NAME",
      description =
          "Who shares a stream or topic: each message goes to one of the group, which goes on where"
              + " it stood before; reprise-JOB if not given.")
  private @Nullable String group;

  @Option(
      names = "--message-to",
      paramLabel = "PARAMETER",
      description =
          "The parameter that gets the whole message of a stream or topic; else it is to be"
              + " {\"parameters\":{\"name\":\"value\"}}.")
  private @Nullable String messageTo;

  @Option(
      names = "--key-field",
      paramLabel = "FIELD",
      description =
          "Messages of a stream or topic with the same value in this field start the job once.")
  private @Nullable String keyField;

  @Option(
      names = "--debounce",
      paramLabel = "D",
      converter = Stretch.Reader.class,
      description =
          "Messages and files that come within this time of the one before are one firing, with the"
              + " last one's parameters. It begins when nothing came for so long, at the latest ten"
              + " times as long after the first; if the job is paused then, it is left out or waits"
              + " as --while-paused says.")
  private @Nullable Stretch debounce;

  /** A stream of Redis. */
  static final class RedisOptions {
    @Option(
        names = "--redis",
        paramLabel = "URL",
        required = true,
        description =
            "Whenever an entry comes to a stream of this Redis, redis://host:6379, or that of the"
                + " server's environment variable of this name; a URL with a password can only stand"
                + " there.")
    private String url;

    @Option(
        names = "--stream",
        paramLabel = "KEY",
        required = true,
        description = "The key of the stream of --redis.")
    private String stream;
  }

  /** A topic of Kafka. */
  static final class KafkaOptions {
    @Option(
        names = "--kafka",
        paramLabel = "SERVERS",
        required = true,
        description =
            "Whenever a record comes to a topic of this Kafka: host:9092,…, a file on the server"
                + " with the properties of a client, or the server's environment variable that"
                + " holds either.")
    private String servers;

    @Option(
        names = "--topic",
        paramLabel = "T",
        required = true,
        description = "The topic of --kafka.")
    private String topic;
  }

  @ArgGroup(exclusive = false)
  private @Nullable AfterOptions after;

  /** Another job. */
  static final class AfterOptions {
    @Option(
        names = "--after",
        paramLabel = "JOB",
        required = true,
        description = "When that job has succeeded.")
    private JobName job;

    @Option(
        names = "--after-end",
        defaultValue = "SUCCESS",
        description = "How the job of --after must have ended: ${COMPLETION-CANDIDATES}.")
    private Trigger.After.End end;

    @Option(
        names = "--files-to",
        paramLabel = "PARAMETER",
        description =
            "The parameter that gets the path of the folder with the files that the job of --after"
                + " made then, whatever it makes meanwhile.")
    private @Nullable String filesTo;
  }

  List<Trigger> triggers() {
    List<Trigger> triggers = new ArrayList<>();
    Integer quiet = debounce == null ? null : (Integer) Math.toIntExact(debounce.seconds());
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
      triggers.add(new Trigger.Webhook(quiet));
    }
    if (files != null) {
      triggers.add(
          new Trigger.Directory(
              files.toAbsolutePath().normalize().toString(),
              pattern,
              null,
              settle == null ? 0 : Math.toIntExact(settle.seconds()),
              fileTo,
              together,
              quiet));
    }
    if (redis != null) {
      triggers.add(new Trigger.Redis(redis.url, redis.stream, group, messageTo, keyField, quiet));
    }
    if (kafka != null) {
      triggers.add(
          new Trigger.Kafka(kafka.servers, kafka.topic, group, messageTo, keyField, quiet));
    }
    if (after != null) {
      triggers.add(new Trigger.After(after.job, after.end, after.filesTo));
    }
    return triggers;
  }
}
