package reprise.extension.capture;

import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reprise.extension.djl.NdArray;
import reprise.ledger.Digest;
import reprise.ledger.Value;

/** What is kept of a variable's value so that two runs can be compared. */
final class Fingerprint {
  /** Longer texts are kept by digest, with their beginning to show. */
  private static final int LONGEST_TEXT = 200;

  /** Larger arrays take too long to look at, and then they are opaque. */
  private static final int MOST_ELEMENTS = 1 << 20;

  private Fingerprint() {}

  /** Never calls user code; what has no content that could be looked at is opaque. */
  static Value of(String name, String type, @Nullable Object value) {
    if (value == null) {
      return new Value(name, type, "null", null);
    }
    if (value instanceof String text) {
      return text(name, type, text);
    }
    if (isScalar(value)) {
      return new Value(name, type, value.toString(), null);
    }
    Digest digest = Structure.digest(value);
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

  /** Writes a primitive array's elements bit by bit; NaNs with other bits are other values. */
  static void writePrimitives(Object array, DataOutputStream out) throws IOException {
    int length = Array.getLength(array);
    if (length > MOST_ELEMENTS) {
      throw new IOException("too large to look at");
    }
    if (array instanceof byte[] bytes) {
      out.write(bytes);
      return;
    }
    for (int i = 0; i < length; i++) {
      out.writeLong(element(array, i));
    }
  }

  private static long element(Object array, int i) {
    if (array instanceof double[] doubles) {
      return Double.doubleToRawLongBits(doubles[i]);
    }
    if (array instanceof float[] floats) {
      return Float.floatToRawIntBits(floats[i]);
    }
    if (array instanceof boolean[] booleans) {
      return booleans[i] ? 1 : 0;
    }
    return array instanceof char[] chars ? chars[i] : Array.getLong(array, i);
  }
}
