package reprise.extension.capture;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.DoubleBuffer;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Digest;

/**
 * Bytes on their way into a digest: none are kept, so there may be many. Numbers are big-endian.
 */
final class DigestedBytes {
  private static final int ROOM = 1 << 13;
  private static final int ROOM_OF_A_PART = 1 << 8;
  private static final int SHORT_TEXT = 64;

  private final MessageDigest sha;
  private final ByteBuffer buffer;

  /** Class names come again and again. */
  private final Map<String, byte[]> names;

  private @Nullable DigestedBytes parts;

  DigestedBytes() {
    this(ROOM, new HashMap<>());
  }

  private DigestedBytes(int room, Map<String, byte[]> names) {
    this.buffer = ByteBuffer.allocate(room);
    this.names = names;
    try {
      sha = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  /** For parts that get digests of their own, one after the other, and are mostly small. */
  DigestedBytes ofParts() {
    if (parts == null) {
      parts = new DigestedBytes(ROOM_OF_A_PART, names);
    }
    return parts;
  }

  /** Of all that was put in since the last one. */
  Digest digest() {
    pass();
    return new Digest(HexFormat.of().formatHex(sha.digest()));
  }

  private void pass() {
    sha.update(buffer.flip());
    buffer.clear();
  }

  private ByteBuffer roomFor(int bytes) {
    if (buffer.remaining() < bytes) {
      pass();
    }
    return buffer;
  }

  void putByte(int value) {
    roomFor(Byte.BYTES).put((byte) value);
  }

  void putInt(int value) {
    roomFor(Integer.BYTES).putInt(value);
  }

  private void putLong(long value) {
    roomFor(Long.BYTES).putLong(value);
  }

  /** A short text that comes often. */
  void putName(String name) {
    putCounted(names.computeIfAbsent(name, each -> each.getBytes(StandardCharsets.UTF_8)));
  }

  void putDigest(Digest digest) {
    putCounted(digest.hex().getBytes(StandardCharsets.US_ASCII));
  }

  private void putCounted(byte[] bytes) {
    roomFor(Short.BYTES).putShort((short) bytes.length);
    putAll(bytes);
  }

  void putText(String text) {
    putInt(text.length());
    if (text.length() <= SHORT_TEXT) {
      for (int i = 0; i < text.length(); i++) {
        roomFor(Character.BYTES).putChar(text.charAt(i));
      }
      return;
    }
    for (int from = 0; from < text.length(); ) {
      CharBuffer room = roomFor(Character.BYTES).asCharBuffer();
      int count = Math.min(room.remaining(), text.length() - from);
      room.put(text, from, from + count);
      buffer.position(buffer.position() + count * Character.BYTES);
      from += count;
    }
  }

  void putAll(byte[] bytes) {
    if (bytes.length <= roomFor(Math.min(bytes.length, ROOM_OF_A_PART)).remaining()) {
      buffer.put(bytes);
    } else {
      pass();
      sha.update(bytes);
    }
  }

  /**
   * The elements of an array of primitives, each as 64 bits of its own; NaNs with other bits are
   * other values. Bytes stay bytes.
   */
  void putPrimitives(Object array) {
    if (array instanceof byte[] bytes) {
      putAll(bytes);
    } else if (array instanceof double[] doubles) {
      putDoubles(doubles);
    } else if (array instanceof long[] longs) {
      putLongs(longs);
    } else if (array instanceof int[] ints) {
      for (int each : ints) {
        putLong(each);
      }
    } else if (array instanceof float[] floats) {
      for (float each : floats) {
        putLong(Float.floatToRawIntBits(each));
      }
    } else if (array instanceof boolean[] booleans) {
      for (boolean each : booleans) {
        putLong(each ? 1 : 0);
      }
    } else if (array instanceof char[] chars) {
      for (char each : chars) {
        putLong(each);
      }
    } else {
      for (short each : (short[]) array) {
        putLong(each);
      }
    }
  }

  private void putDoubles(double[] doubles) {
    for (int from = 0; from < doubles.length; ) {
      DoubleBuffer room = roomFor(Double.BYTES).asDoubleBuffer();
      int count = Math.min(room.remaining(), doubles.length - from);
      room.put(doubles, from, count);
      buffer.position(buffer.position() + count * Double.BYTES);
      from += count;
    }
  }

  private void putLongs(long[] longs) {
    for (int from = 0; from < longs.length; ) {
      LongBuffer room = roomFor(Long.BYTES).asLongBuffer();
      int count = Math.min(room.remaining(), longs.length - from);
      room.put(longs, from, count);
      buffer.position(buffer.position() + count * Long.BYTES);
      from += count;
    }
  }
}
