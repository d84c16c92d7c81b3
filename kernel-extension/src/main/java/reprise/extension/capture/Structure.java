package reprise.extension.capture;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
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
  private static final int MOST_NODES = 50_000;

  /** Counted between parts; one part alone has its own limit. */
  private static final int MOST_BYTES = 8 << 20;

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
  private int nodes;

  private Structure() {}

  /** Something that has no content to look at. */
  private static final class Opaque extends IOException {
    private static final long serialVersionUID = 1L;

    Opaque(Object value) {
      super(value.getClass().getName());
    }
  }

  /** Null if the value, or a part of it, is opaque. */
  static @Nullable Digest digest(Object value) {
    try {
      return Digest.of(new Structure().bytes(value));
    } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
      return null; // RuntimeException: another thread changed a collection under our hands
    }
  }

  private byte[] bytes(@Nullable Object value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    write(value, new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private void write(@Nullable Object value, DataOutputStream out) throws IOException {
    if (value == null) {
      out.writeByte(0);
      return;
    }
    if (++nodes > MOST_NODES || out.size() > MOST_BYTES) {
      throw new Opaque(value);
    }
    String type = value.getClass().getName();
    if (value instanceof Enum<?> constant) {
      out.writeUTF(constant.getDeclaringClass().getSimpleName());
      writeText(constant.name(), out);
      return;
    }
    if (Fingerprint.isScalar(value) || isText(value)) {
      out.writeUTF(type);
      writeText(value.toString(), out);
      return;
    }
    Integer before = seen.putIfAbsent(value, seen.size());
    if (before != null) {
      out.writeByte(1);
      out.writeInt(before);
    } else if (value.getClass().isArray()) {
      writeArray(value, out);
    } else if (ORDERED.contains(type)) {
      out.writeUTF(type);
      writeOrdered(elements(value), out);
    } else if (UNORDERED.contains(type)) {
      out.writeUTF(type);
      writeUnordered(elements(value), out);
    } else if (value.getClass().isRecord() || SnippetNames.isOfSnippet(type)) {
      writeFields(value, out);
    } else {
      writeArrayOfDjl(value, out);
    }
  }

  private static void writeArrayOfDjl(Object value, DataOutputStream out) throws IOException {
    NdArray array = NdArray.of(value);
    if (array == null) {
      throw new Opaque(value);
    }
    array.write(out);
  }

  private static boolean isText(Object value) {
    return value instanceof String || value.getClass() == StringBuilder.class;
  }

  private static void writeText(String text, DataOutputStream out) throws IOException {
    out.writeInt(text.length());
    out.writeChars(text);
  }

  private void writeArray(Object array, DataOutputStream out) throws IOException {
    out.writeUTF(array.getClass().getName());
    int length = Array.getLength(array);
    out.writeInt(length);
    if (array.getClass().getComponentType().isPrimitive()) {
      Fingerprint.writePrimitives(array, out);
    } else {
      for (int i = 0; i < length; i++) {
        write(Array.get(array, i), out);
      }
    }
  }

  /** Of no more of them than will be looked at: to copy millions takes seconds. */
  private static List<@Nullable Object> elements(Object collection) throws Opaque {
    int size =
        collection instanceof Collection<?> values
            ? values.size()
            : ((Map<?, ?>) collection).size();
    if (size > MOST_NODES) {
      throw new Opaque(collection);
    }
    if (collection instanceof Collection<?> values) {
      return new ArrayList<>(values);
    }
    List<@Nullable Object> pairs = new ArrayList<>();
    ((Map<?, ?>) collection)
        .forEach((key, value) -> pairs.add(new @Nullable Object[] {key, value}));
    return pairs;
  }

  private void writeOrdered(List<@Nullable Object> elements, DataOutputStream out)
      throws IOException {
    out.writeInt(elements.size());
    for (Object element : elements) {
      write(element, out);
    }
  }

  private void writeUnordered(List<@Nullable Object> elements, DataOutputStream out)
      throws IOException {
    List<String> digests = new ArrayList<>();
    for (Object element : elements) {
      digests.add(Digest.of(bytes(element)).hex());
    }
    digests.sort(null);
    for (String digest : digests) {
      out.writeUTF(digest);
    }
  }

  /** A snippet's class gets another wrapper when it is declared again, so its own name counts. */
  private void writeFields(Object value, DataOutputStream out) throws IOException {
    out.writeUTF(value.getClass().getSimpleName());
    for (Class<?> type = value.getClass(); type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers()) && !field.isSynthetic()) {
          field.setAccessible(true);
          out.writeUTF(field.getName());
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
