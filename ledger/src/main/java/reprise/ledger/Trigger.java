package reprise.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What starts a job without anybody's doing. */
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
   * Whenever somebody posts a signed message to the trigger's address. The body may hold {@code
   * {"parameters": {"name": "value"}}}.
   */
  @JsonTypeName("webhook")
  record Webhook() implements Trigger {}

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
   *     rather than a firing each
   */
  @JsonTypeName("directory")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Directory(
      String path,
      String pattern,
      List<String> ignore,
      int settleSeconds,
      @Nullable String parameter,
      boolean together)
      implements Trigger {
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
        boolean together) {
      this.path = path;
      this.pattern = pattern == null ? "*" : pattern;
      this.ignore = ignore == null ? HALF_WRITTEN : List.copyOf(ignore);
      this.settleSeconds = settleSeconds == 0 ? USUAL_SECONDS : settleSeconds;
      this.parameter = parameter;
      this.together = together;
    }
  }

  /** When another job is done. */
  @JsonTypeName("after")
  record After(JobName job, End end) implements Trigger {
    /** How it must have ended. */
    public enum End {
      SUCCESS,
      FAILURE,
      ANY
    }
  }
}
