package reprise.extension.capture;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Digest;
import reprise.ledger.Value;

/** What is kept of a variable's value so that two runs can be compared. */
final class Fingerprint {
  /** Longer texts are kept by digest, with their beginning to show. */
  private static final int LONGEST_TEXT = 200;

  /** More than this of an array is not looked at, and then it is opaque. */
  private static final int MOST_ELEMENTS = 1 << 20;

  private Fingerprint() {}

  /** Never calls user code: what is not one of the JDK's own immutable types is opaque. */
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
    if (value.getClass().isArray() && value.getClass().getComponentType().isPrimitive()) {
      return array(name, type, value);
    }
    return new Value(name, type, null, null);
  }

  private static Value text(String name, String type, String text) {
    return text.length() <= LONGEST_TEXT
        ? new Value(name, type, text, null)
        : new Value(name, type, text.substring(0, LONGEST_TEXT) + "…", Digest.of(text));
  }

  private static boolean isScalar(Object value) {
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

  private static Value array(String name, String type, Object array) {
    int length = Array.getLength(array);
    if (length > MOST_ELEMENTS) {
      return new Value(name, type, null, null);
    }
    return new Value(name, type, null, Digest.of(bytes(array, length)));
  }

  private static byte[] bytes(Object array, int length) {
    if (array instanceof byte[] bytes) {
      return bytes;
    }
    ByteBuffer all = ByteBuffer.allocate(length * Long.BYTES);
    for (int i = 0; i < length; i++) {
      all.putLong(element(array, i));
    }
    return all.array();
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
    if (array instanceof char[] chars) {
      return chars[i];
    }
    return Array.getLong(array, i);
  }
}
