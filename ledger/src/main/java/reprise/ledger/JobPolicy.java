package reprise.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * How a job's firings are carried out, whichever version they execute.
 *
 * @param atOnce how many firings may be at work side by side, from 1
 * @param overlap what becomes of a firing that comes while so many are
 * @param catchUp what becomes of times that passed while nobody looked at the clock
 * @param catchUpMost how many of them are made up for at most under {@link CatchUp#ALL}
 * @param whilePaused what becomes of what arrives in a pause
 * @param attempts how often a firing is tried before it has failed, from 1
 * @param backOffSeconds before the second attempt; doubled before each further one
 * @param stageAttempts how often a stage is tried within one attempt, after the same pauses; null
 *     for once
 * @param timeoutSeconds after which an attempt is stopped; null for never
 * @param memory the largest heap of an attempt's JVM, e.g. {@code 2g}; null for that of the run
 * @param placement where attempts are carried out; null for the server's machine
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobPolicy(
    int atOnce,
    Overlap overlap,
    CatchUp catchUp,
    int catchUpMost,
    WhilePaused whilePaused,
    int attempts,
    int backOffSeconds,
    @Nullable Integer stageAttempts,
    @Nullable Integer timeoutSeconds,
    @Nullable String memory,
    @Nullable Placement placement) {
  /** What holds as long as nothing else was said. */
  public static final JobPolicy USUAL =
      new JobPolicy(
          1, Overlap.QUEUE, CatchUp.LATEST, 100, WhilePaused.DROP, 1, 30, null, null, null, null);

  private static final int MOST_AT_ONCE = 1000;
  private static final int MOST_ATTEMPTS = 100;
  private static final int DAY = 86_400;

  public JobPolicy {
    check("atOnce", atOnce, 1, MOST_AT_ONCE);
    check("catchUpMost", catchUpMost, 1, 10_000);
    check("attempts", attempts, 1, MOST_ATTEMPTS);
    check("backOffSeconds", backOffSeconds, 0, DAY);
    if (stageAttempts != null) {
      check("stageAttempts", stageAttempts, 1, MOST_ATTEMPTS);
    }
    if (timeoutSeconds != null) {
      check("timeoutSeconds", timeoutSeconds, 1, 365 * DAY);
    }
    if (memory != null && !memory.matches("[1-9]\\d{0,17}[kmgtKMGT]?")) {
      throw new IllegalArgumentException(
          "'%s' is no amount of memory; one looks like 512m or 2g".formatted(memory));
    }
  }

  /** Where attempts are carried out. */
  public Placement where() {
    return placement == null ? Placement.HERE : placement;
  }

  /** How often a firing is tried. */
  public Retry retry() {
    return new Retry(attempts, backOffSeconds);
  }

  /** How often a stage is tried within one attempt. */
  public Retry stageRetry() {
    return stageAttempts == null ? Retry.NEVER : new Retry(stageAttempts, backOffSeconds);
  }

  private static void check(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s is a whole number from %d to %d, not %d".formatted(name, least, most, value));
    }
  }

  /** For a firing that comes while as many are at work as may be. */
  public enum Overlap {
    /** It waits. */
    QUEUE,
    /** It is left out, and the history says so. */
    SKIP,
    /** Those at work are cancelled for it. */
    CANCEL_OLD
  }

  /**
   * For times that passed while the server was down, or in a pause under {@link WhilePaused#KEEP}.
   */
  public enum CatchUp {
    NONE,
    /** Only the last of them. */
    LATEST,
    ALL
  }

  /** For times and events in a pause. An event is used up either way. */
  public enum WhilePaused {
    /** Events wait for its end; times are then made up for as {@link CatchUp} says. */
    KEEP,
    /** They are gone; for each event the history has a firing that was skipped. */
    DROP
  }
}
