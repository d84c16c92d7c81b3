package reprise.extension.capture;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reprise.extension.djl.NdArray;
import reprise.ledger.Digest;
import reprise.ledger.Value;

/** What is kept of the values of one step's variables, so that two runs can be compared. */
final class Fingerprint {
  /** Longer texts are kept by digest, with their beginning to show. */
  private static final int LONGEST_TEXT = 200;

  /** A value of more parts takes too long to look at, and then it is opaque. */
  private static final int MOST_PARTS = 50_000;

  /** What all of a step's values may cost; those that come when it is spent are opaque. */
  private static final int MOST_PARTS_OF_A_STEP = 100_000;

  private int left = MOST_PARTS_OF_A_STEP;

  /** Never calls user code; what has no content that could be looked at is opaque. */
  Value of(String name, String type, @Nullable Object value) {
    if (value == null) {
      return new Value(name, type, "null", null);
    }
    if (value instanceof String text) {
      return text(name, type, text);
    }
    if (isScalar(value)) {
      return new Value(name, type, value.toString(), null);
    }
    Structure structure = new Structure(Math.min(left, MOST_PARTS));
    Digest digest = structure.digest(value);
    left -= structure.parts();
    NdArray array = digest == null ? null : NdArray.of(value);
    return new Value(name, type, array == null ? null : array.words(), digest);
  }

  private static Value text(String name, String type, String text) {
    return text.length() <= LONGEST_TEXT
        ? new Value(name, type, text, null)
        : new Value(name, type, text.substring(0, LONGEST_TEXT) + "…", Digest.of(text));
  }

  /** One of the JDK's own immutable values, whose text says all that it holds. */
  static boolean isScalar(Object value) {
    boolean ofTheJdk = value.getClass().getClassLoader() == null;
    return ofTheJdk
        && ((value instanceof Number number && isFixed(number))
            || value instanceof Boolean
            || value instanceof Character
            || value instanceof UUID
            || value instanceof TemporalAccessor
            || value instanceof TemporalAmount
            || value instanceof Enum<?>);
  }

  /** Atomic numbers may change while they are looked at. */
  private static boolean isFixed(Number number) {
    return number instanceof BigDecimal
        || number instanceof BigInteger
        || number.getClass().getPackageName().equals("java.lang");
  }
}
