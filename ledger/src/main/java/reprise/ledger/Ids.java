package reprise.ledger;

import java.time.Instant;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** The shape that ids have in common: a moment in base 32, then chance, so that ids sort by age. */
final class Ids {
  private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";
  private static final long EPOCH = Instant.parse("2024-01-01T00:00:00Z").toEpochMilli();
  private static final int MOMENT_DIGITS = 8;
  private static final int CHANCE_DIGITS = 6;

  private Ids() {}

  static String next(String prefix, InstantSource clock, RandomGenerator chance) {
    StringBuilder id = new StringBuilder(prefix);
    append(id, clock.millis() - EPOCH, MOMENT_DIGITS);
    append(id, chance.nextLong(), CHANCE_DIGITS);
    return id.toString();
  }

  private static void append(StringBuilder id, long value, int digits) {
    for (int digit = digits - 1; digit >= 0; digit--) {
      id.append(DIGITS.charAt((int) (value >>> (5 * digit)) & 31));
    }
  }

  static String check(String value, String prefix, String what) {
    boolean fits =
        value.startsWith(prefix)
            && value.length() > prefix.length()
            && value.length() <= prefix.length() + 26
            && value.chars().skip(prefix.length()).allMatch(Ids::isIdCharacter);
    if (!fits) {
      throw new IllegalArgumentException(
          "'%s' is not a %s id; one looks like %s1a2b3c4d5e6f7g".formatted(value, what, prefix));
    }
    return value;
  }

  private static boolean isIdCharacter(int c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
  }
}
