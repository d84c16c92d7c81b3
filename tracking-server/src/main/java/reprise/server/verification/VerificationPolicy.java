package reprise.server.verification;

import reprise.server.http.Refusal;

/**
 * Which runs of an experiment are replayed without being asked.
 *
 * @param minutesPerDay how long all of their replays may take within 24 hours
 * @param days runs that are older are left alone
 */
public record VerificationPolicy(boolean enabled, int minutesPerDay, int days) {
  /** Holds for experiments of which nothing else was said. */
  static final VerificationPolicy USUAL = new VerificationPolicy(true, 60, 14);

  private static final int MINUTES_OF_A_DAY = 24 * 60;
  private static final int TEN_YEARS = 3653;

  public VerificationPolicy {
    if (minutesPerDay < 1 || minutesPerDay > MINUTES_OF_A_DAY) {
      throw new Refusal(
          400,
          "minutesPerDay is a whole number from 1 to %d, not %d; switch it off with enabled"
              .formatted(MINUTES_OF_A_DAY, minutesPerDay));
    }
    if (days < 1 || days > TEN_YEARS) {
      throw new Refusal(
          400, "days is a whole number from 1 to %d, not %d".formatted(TEN_YEARS, days));
    }
  }
}
