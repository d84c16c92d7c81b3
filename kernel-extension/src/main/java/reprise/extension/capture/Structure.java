package reprise.extension.capture;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reprise.extension.cell.SnippetNames;
import reprise.extension.djl.NdArray;
import reprise.ledger.Digest;

/**
 * The content of a data structure as bytes that are the same in every JVM: scalars, arrays, the
 * JDK's own collections, records, classes that cells define, and arrays of DJL's. No code of such a
 * class runs, for its {@code toString} or iterator could do anything. What has other parts, or too
 * many, is opaque.
 */
final class Structure {
  private static final int BYTES_OF_A_PART = 128;

  /** Collections that keep an order which is theirs, not their elements' hash codes'. */
  private static final Set<String> ORDERED =
      Set.of(
          "java.util.ArrayList",
          "java.util.LinkedList",
          "java.util.ArrayDeque",
          "java.util.TreeSet",
          "java.util.LinkedHashSet",
          "java.util.Arrays$ArrayList",
          "java.util.ImmutableCollections$List12",
          "java.util.ImmutableCollections$ListN",
          "java.util.TreeMap",
          "java.util.LinkedHashMap",
          "ai.djl.ndarray.NDList");

  /** Collections in which elements come in an order that may change from JVM to JVM. */
  private static final Set<String> UNORDERED =
      Set.of(
          "java.util.HashSet",
          "java.util.HashMap",
          "java.util.ImmutableCollections$Set12",
          "java.util.ImmutableCollections$SetN",
          "java.util.ImmutableCollections$Map1",
          "java.util.ImmutableCollections$MapN");

  private final IdentityHashMap<Object, Integer> seen = new IdentityHashMap<>();
  private final int most;
  private int parts;

  /**
   * Looks at no more than {@code most} parts. A value is a part, and so are 128 bytes of an array
   * or of a text.
   */
  Structure(int most) {
    this.most = most;
  }

  /** Something that has no content to look at, or too much. */
  private static final class Opaque extends Exception {
    private static final long serialVersionUID = 1L;

    Opaque(Object value) {
      super(value.getClass().getName(), null, false, false);
    }
  }

  /** Null if the value, or a part of it, is opaque. */
  @Nullable Digest digest(Object value) {
    DigestedBytes out = new DigestedBytes();
    try {
      write(value, out);
      return out.digest();
    } catch (Opaque | RuntimeException | StackOverflowError | OutOfMemoryError e) {
      return null; // RuntimeException: another thread changed a collection under our hands
    }
  }

  /** How many parts have been looked at so far. */
  int parts() {
    return parts;
  }

  private void count(long more, Object of) throws Opaque {
    if (more > most - parts) {
      throw new Opaque(of);
    }
    parts += (int) more;
  }

  private void write(@Nullable Object value, DigestedBytes out) throws Opaque {
    if (value == null) {
      out.putByte(0);
      return;
    }
    String type = value.getClass().getName();
    if (value instanceof Enum<?> constant) {
      out.putName(constant.getDeclaringClass().getSimpleName());
      out.putText(constant.name());
      return;
    }
    if (Fingerprint.isScalar(value) || isText(value)) {
      out.putName(type);
      writeText(value, out);
      return;
    }
    Integer before = seen.putIfAbsent(value, seen.size());
    if (before != null) {
      out.putByte(1);
      out.putInt(before);
    } else if (value.getClass().isArray()) {
      writeArray(value, out);
    } else if (ORDERED.contains(type)) {
      out.putName(type);
      writeOrdered(elements(value), out);
    } else if (UNORDERED.contains(type)) {
      out.putName(type);
      writeUnordered(elements(value), out);
    } else if (value.getClass().isHidden()) {
      throw new Opaque(value); // a lambda: code under a name that counts all lambdas of the JVM
    } else if (value.getClass().isRecord() || SnippetNames.isOfSnippet(type)) {
      writeFields(value, out);
    } else {
      writeArrayOfDjl(value, out);
    }
  }

  private void writeArrayOfDjl(Object value, DigestedBytes out) throws Opaque {
    NdArray array = NdArray.of(value);
    if (array == null) {
      throw new Opaque(value);
    }
    out.putName(array.words());
    if (!array.isClosed()) {
      count(array.size() / BYTES_OF_A_PART, value);
      out.putAll(array.bytes());
    }
  }

  private void writeText(Object scalar, DigestedBytes out) throws Opaque {
    if (scalar instanceof CharSequence text) {
      count(2L * text.length() / BYTES_OF_A_PART, text);
    }
    out.putText(scalar.toString());
  }

  private static boolean isText(Object value) {
    return value instanceof String || value.getClass() == StringBuilder.class;
  }

  private void writeArray(Object array, DigestedBytes out) throws Opaque {
    out.putName(array.getClass().getName());
    int length = Array.getLength(array);
    out.putInt(length);
    if (array instanceof Object[] elements) {
      count(length, array);
      for (Object element : elements) {
        write(element, out);
      }
    } else {
      count((array instanceof byte[] ? 1L : 8L) * length / BYTES_OF_A_PART, array);
      out.putPrimitives(array);
    }
  }

  /** Counts before it copies, for there may be millions of them. */
  private List<@Nullable Object> elements(Object collection) throws Opaque {
    if (collection instanceof Collection<?> values) {
      count(values.size(), collection);
      return new ArrayList<>(values);
    }
    Map<?, ?> map = (Map<?, ?>) collection;
    count(2L * map.size(), collection);
    List<@Nullable Object> pairs = new ArrayList<>(map.size());
    map.forEach((key, value) -> pairs.add(new @Nullable Object[] {key, value}));
    return pairs;
  }

  private void writeOrdered(List<@Nullable Object> elements, DigestedBytes out) throws Opaque {
    out.putInt(elements.size());
    for (Object element : elements) {
      write(element, out);
    }
  }

  private void writeUnordered(List<@Nullable Object> elements, DigestedBytes out) throws Opaque {
    List<Digest> digests = new ArrayList<>();
    DigestedBytes parts = out.ofParts();
    for (Object element : elements) {
      write(element, parts);
      digests.add(parts.digest());
    }
    digests.sort(Comparator.comparing(Digest::hex));
    digests.forEach(out::putDigest);
  }

  /** A snippet's class gets another wrapper when it is declared again, so its own name counts. */
  private void writeFields(Object value, DigestedBytes out) throws Opaque {
    out.putName(value.getClass().getSimpleName());
    for (Class<?> type = value.getClass(); type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers()) && !field.isSynthetic()) {
          field.setAccessible(true);
          out.putName(field.getName());
          count(1, value);
          write(read(field, value), out);
        }
      }
    }
  }

  private static @Nullable Object read(Field field, Object of) throws Opaque {
    try {
      return field.get(of);
    } catch (IllegalAccessException e) {
      throw new Opaque(of);
    }
  }
}
