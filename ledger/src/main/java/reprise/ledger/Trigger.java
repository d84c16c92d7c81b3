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
}
