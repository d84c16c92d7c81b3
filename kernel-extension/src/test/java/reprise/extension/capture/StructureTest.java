package reprise.extension.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reprise.ledger.Digest;

class StructureTest {
  private static final int MOST = 50_000;

  private record Point(int x, List<String> names) {}

  private enum Colour {
    RED,
    GREEN
  }

  @Test
  void digest_equalContent_isEqual() {
    assertThat(digest(List.of(new Point(1, List.of("a")), new Point(2, List.of()))))
        .isNotNull()
        .isEqualTo(digest(List.of(new Point(1, List.of("a")), new Point(2, List.of()))));
    StringBuilder grown = new StringBuilder("a");
    grown.append("b");
    StringBuilder roomy = new StringBuilder(1_000);
    roomy.append("ab");
    assertThat(digest(grown)).isNotNull().isEqualTo(digest(roomy));
    assertThat(digest(new TreeMap<>(Map.of("k", 1.5))))
        .isEqualTo(digest(new TreeMap<>(Map.of("k", 1.5))));
  }

  @Test
  void digest_anyDifferenceDeepDown_shows() {
    assertThat(digest(List.of(new Point(1, List.of("a")))))
        .isNotEqualTo(digest(List.of(new Point(1, List.of("b")))));
    assertThat(digest(new double[][] {{1}, {2}}))
        .isNotEqualTo(digest(new double[][] {{1}, {2.0000001}}));
    assertThat(digest(new Object[] {Colour.RED})).isNotEqualTo(digest(new Object[] {Colour.GREEN}));
    assertThat(digest(List.of(1, 2))).isNotEqualTo(digest(List.of(2, 1)));
  }

  @Test
  void digest_hashCollections_doNotDependOnTheirOrder() {
    Map<Object, Integer> one = new HashMap<>();
    Map<Object, Integer> two = new HashMap<>(1_000);
    Set<Object> set = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      one.put("k" + i, i);
      two.put("k" + (99 - i), 99 - i);
      set.add(new Point(i, List.of())); // iterates by hash code
    }
    assertThat(digest(one)).isNotNull().isEqualTo(digest(two));
    assertThat(digest(set)).isNotNull().isEqualTo(digest(new HashSet<>(set)));
    assertThat(digest(new LinkedHashMap<>(one)))
        .isNotEqualTo(digest(new LinkedHashMap<>(Map.of("k", 1))));
  }

  @Test
  void digest_structureThatHoldsItself_ends() {
    List<Object> loop = new ArrayList<>();
    loop.add(loop);
    assertThat(digest(loop)).isNotNull();
  }

  @Test
  void digest_partThatIsCode_isOpaque() {
    Supplier<String> code = () -> "x";
    assertThat(digest(List.of(code))).isNull();
    assertThat(digest(new Thread())).isNull();
  }

  @Test
  void digest_tooLarge_isOpaqueSoon() {
    List<Integer> many = new ArrayList<>();
    for (int i = 0; i < 200_000; i++) {
      many.add(i);
    }
    assertThat(digest(many)).isNull();
    assertThat(digest(new Object[200_000])).isNull();
    assertThat(digest(new double[100_000])).isNotNull();
    assertThat(digest(new double[10_000_000])).isNull();
    assertThat(digest(List.of("x".repeat(10_000_000)))).isNull();
    List<byte[]> copies = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      copies.add(new byte[1 << 20]);
    }
    assertThat(digest(copies)).isNull();
  }

  @Test
  void digest_mapOfMillions_isNotCopiedToFindOut() {
    Map<Integer, Integer> large = new HashMap<>();
    for (int i = 0; i < 1_000_000; i++) {
      large.put(i, i);
    }
    Structure structure = new Structure(MOST);
    assertThat(structure.digest(large)).isNull();
    assertThat(structure.parts()).isZero();
  }

  @Test
  void digest_primitives_isThatOfTheirBigEndianBits() {
    ByteBuffer expected = ByteBuffer.allocate(100_000);
    putName(expected, "[D");
    expected.putInt(10_000);
    double[] doubles = new double[10_000];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = Math.sqrt(i);
      expected.putDouble(doubles[i]);
    }
    assertThat(digest(doubles)).isEqualTo(digestOf(expected));
    expected.clear();
    putName(expected, "[S");
    expected.putInt(2).putLong(-1).putLong(7);
    assertThat(digest(new short[] {-1, 7})).isEqualTo(digestOf(expected));
  }

  @Test
  void digest_longText_isThatOfItsCharacters() {
    String text = "grün \ud83d\ude80 \ud800 ".repeat(2_000);
    ByteBuffer expected = ByteBuffer.allocate(100_000);
    putName(expected, "java.lang.String");
    expected.putInt(text.length());
    text.chars().forEach(each -> expected.putChar((char) each));
    assertThat(digest(text)).isEqualTo(digestOf(expected));
  }

  private static void putName(ByteBuffer into, String name) {
    into.putShort((short) name.length()).put(name.getBytes(StandardCharsets.US_ASCII));
  }

  private static Digest digestOf(ByteBuffer bytes) {
    byte[] written = new byte[bytes.flip().remaining()];
    bytes.get(written);
    return Digest.of(written);
  }

  private static @Nullable Digest digest(Object value) {
    return new Structure(MOST).digest(value);
  }
}
