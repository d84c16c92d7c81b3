package reprise.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What starts a job without anybody's doing. What comes while the job is paused is treated as its
 * {@link JobPolicy.WhilePaused} says, wherever it comes from: it is left out, and the history says
 * so, or it waits. Streams are read on in a pause.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
public sealed interface Trigger {

  /**
   * When a calendar says so.
   *
   * @param expression five fields, minute to day of week, or six with seconds before them; {@code
   *     @daily} and its like
   * @param zone by whose clocks, e.g. {@code Europe/Berlin}
   * @param except days on which it is silent: {@code 2026-12-24}, {@code 2026-12-24/2026-12-31},
   *     {@code SAT}
   */
  @JsonTypeName("cron")
  record Cron(String expression, String zone, List<String> except) implements Trigger {
    /** Takes null for what is left out. */
    public Cron(String expression, @Nullable String zone, @Nullable List<String> except) {
      this.expression = expression;
      this.zone = zone == null ? "UTC" : zone;
      this.except = except == null ? List.of() : List.copyOf(except);
    }
  }

  /**
   * Again and again after the same time, however long the job takes.
   *
   * @param seconds from one time to the next
   * @param from the first of them; null for the moment at which the trigger is set up
   */
  @JsonTypeName("every")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Every(long seconds, @Nullable Instant from) implements Trigger {}

  /** One time. */
  @JsonTypeName("once")
  record Once(Instant at) implements Trigger {}

  /**
   * An event's trigger that may wait for quiet. What comes within so many seconds of the one before
   * is one firing with the last one's parameters. It begins when nothing came for so long, and at
   * the latest ten times as long after the first. Whether the job is paused counts then.
   */
  interface Debounced {
    /** Null if each event is a firing of its own. */
    @Nullable Integer debounceSeconds();
  }

  /**
   * Whenever somebody posts a signed message to the trigger's address. The body may hold {@code
   * {"parameters": {"name": "value"}}}.
   */
  @JsonTypeName("webhook")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Webhook(@Nullable Integer debounceSeconds) implements Trigger, Debounced {}

  /**
   * When files come into a folder, or below it.
   *
   * @param path absolute
   * @param pattern which files, by their path below the folder, e.g. {@code *.csv} or {@code
   *     **}{@code /*.csv}
   * @param ignore those of them that are not meant; half-written files have names like these
   * @param settleSeconds for how long a file must not have changed
   * @param parameter gets the file's path; null if the job wants none
   * @param together whether all files that have come are one firing, their paths a line each,
   *     rather than a firing each; so they are in one that waited for quiet
   */
  @JsonTypeName("directory")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Directory(
      String path,
      String pattern,
      List<String> ignore,
      int settleSeconds,
      @Nullable String parameter,
      boolean together,
      @Nullable Integer debounceSeconds)
      implements Trigger, Debounced {
    private static final List<String> HALF_WRITTEN =
        List.of(".*", "*~", "*.part", "*.tmp", "*.half", "*.crdownload");

    private static final int USUAL_SECONDS = 5;

    /** Takes null, and 0, for what is left out. */
    public Directory(
        String path,
        @Nullable String pattern,
        @Nullable List<String> ignore,
        int settleSeconds,
        @Nullable String parameter,
        boolean together,
        @Nullable Integer debounceSeconds) {
      this.path = path;
      this.pattern = pattern == null ? "*" : pattern;
      this.ignore = ignore == null ? HALF_WRITTEN : List.copyOf(ignore);
      this.settleSeconds = settleSeconds == 0 ? USUAL_SECONDS : settleSeconds;
      this.parameter = parameter;
      this.together = together;
      this.debounceSeconds = debounceSeconds;
    }
  }

  /**
   * A stream of messages on another server. Each starts the job once: as the stream numbers it, or
   * by a field that it has. What came before the trigger was set does not count, unless its group
   * had read from the stream before, and goes on where it stood; what came while Reprise was away
   * does, as far as the server still holds it. A message from which no parameters can be had is
   * left out, and the history says why.
   */
  interface Stream extends Debounced {
    /**
     * Where its server is, or the name of an environment variable of the tracking server that says
     * so; a password stands only there.
     */
    String server();

    /** Its name there. */
    String stream();

    /**
     * Who shares it: a message goes to one of those that are of the same group. Null for {@code
     * reprise-} and the job's name.
     */
    @Nullable String group();

    /**
     * Gets the whole message as text; null if that is {@code {"parameters": {"name": "value"}}}, as
     * a webhook's body.
     */
    @Nullable String parameter();

    /**
     * The field whose value makes a message the same as another: one beside its text, or one in its
     * text where that is a JSON object. Null, like a field that is not there, for its place in the
     * stream.
     */
    @Nullable String key();

    /** The same with this group. */
    Trigger with(String group);
  }

  /**
   * Whenever an entry is added to a stream of Redis. Its text is its field {@code body}. Where it
   * has none, its text is all of its fields as a JSON object, and each but that of {@link #key} is
   * the value of the parameter of its name.
   *
   * @param url {@code redis://host:6379}, or {@code rediss://} for TLS
   */
  @JsonTypeName("redis")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Redis(
      String url,
      String stream,
      @Nullable String group,
      @Nullable String parameter,
      @Nullable String key,
      @Nullable Integer debounceSeconds)
      implements Trigger, Stream {
    @Override
    public String server() {
      return url;
    }

    @Override
    public Redis with(String group) {
      return new Redis(url, stream, group, parameter, key, debounceSeconds);
    }
  }

  /**
   * Whenever a record comes to a topic of Kafka. Its text is its value; its headers are fields, and
   * its key is one of the name {@code key}.
   *
   * @param servers {@code host:9092}, several of them with commas between, or, in an environment
   *     variable, also the path of a file with the properties of a Kafka client
   */
  @JsonTypeName("kafka")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Kafka(
      String servers,
      String topic,
      @Nullable String group,
      @Nullable String parameter,
      @Nullable String key,
      @Nullable Integer debounceSeconds)
      implements Trigger, Stream {
    @Override
    public String server() {
      return servers;
    }

    @Override
    public String stream() {
      return topic;
    }

    @Override
    public Kafka with(String group) {
      return new Kafka(servers, topic, group, parameter, key, debounceSeconds);
    }
  }

  /**
   * When another job is done.
   *
   * @param parameter gets the path of the folder with the files of the very attempt that ended, to
   *     which the other job's {@code latest} may no longer lead; null if the job wants none
   */
  @JsonTypeName("after")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record After(JobName job, End end, @Nullable String parameter) implements Trigger {
    /** How it must have ended. */
    public enum End {
      SUCCESS,
      FAILURE,
      ANY
    }
  }
}
