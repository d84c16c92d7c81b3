package reprise.ledger;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How often something is tried, and how long is waited in between.
 *
 * @param attempts in all, from 1
 * @param backOffSeconds before the second; doubled before each further one
 */
public record Retry(int attempts, int backOffSeconds) {
  public static final Retry NEVER = new Retry(1, 0);

  private static final int MOST_DOUBLINGS = 10;

  /**
   * What is waited after so many failures, from 1: up to a quarter more or less than the doubled
   * time, so that not all come back together.
   */
  public Duration pause(int failed, RandomGenerator chance) {
    long seconds = (long) backOffSeconds << Math.min(failed - 1, MOST_DOUBLINGS);
    return Duration.ofMillis((long) (seconds * 1000 * (0.75 + 0.5 * chance.nextDouble())));
  }
}
