package reprise.extension.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class StructureTest {
  private record Point(int x, List<String> names) {}

  private enum Colour {
    RED,
    GREEN
  }

  @Test
  void digest_equalContent_isEqual() {
    assertThat(Structure.digest(List.of(new Point(1, List.of("a")), new Point(2, List.of()))))
        .isNotNull()
        .isEqualTo(Structure.digest(List.of(new Point(1, List.of("a")), new Point(2, List.of()))));
    StringBuilder grown = new StringBuilder("a");
    grown.append("b");
    StringBuilder roomy = new StringBuilder(1_000);
    roomy.append("ab");
    assertThat(Structure.digest(grown)).isNotNull().isEqualTo(Structure.digest(roomy));
    assertThat(Structure.digest(new TreeMap<>(Map.of("k", 1.5))))
        .isEqualTo(Structure.digest(new TreeMap<>(Map.of("k", 1.5))));
  }

  @Test
  void digest_anyDifferenceDeepDown_shows() {
    assertThat(Structure.digest(List.of(new Point(1, List.of("a")))))
        .isNotEqualTo(Structure.digest(List.of(new Point(1, List.of("b")))));
    assertThat(Structure.digest(new double[][] {{1}, {2}}))
        .isNotEqualTo(Structure.digest(new double[][] {{1}, {2.0000001}}));
    assertThat(Structure.digest(new Object[] {Colour.RED}))
        .isNotEqualTo(Structure.digest(new Object[] {Colour.GREEN}));
    assertThat(Structure.digest(List.of(1, 2))).isNotEqualTo(Structure.digest(List.of(2, 1)));
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
    assertThat(Structure.digest(one)).isNotNull().isEqualTo(Structure.digest(two));
    assertThat(Structure.digest(set)).isNotNull().isEqualTo(Structure.digest(new HashSet<>(set)));
    assertThat(Structure.digest(new LinkedHashMap<>(one)))
        .isNotEqualTo(Structure.digest(new LinkedHashMap<>(Map.of("k", 1))));
  }

  @Test
  void digest_structureThatHoldsItself_ends() {
    List<Object> loop = new ArrayList<>();
    loop.add(loop);
    assertThat(Structure.digest(loop)).isNotNull();
  }

  @Test
  void digest_partThatIsCode_isOpaque() {
    Supplier<String> code = () -> "x";
    assertThat(Structure.digest(List.of(code))).isNull();
    assertThat(Structure.digest(new Thread())).isNull();
  }

  @Test
  void digest_tooLarge_isOpaqueSoon() {
    assertThat(Structure.digest(new Object[200_000])).isNotNull();
    List<Integer> many = new ArrayList<>();
    for (int i = 0; i < 200_000; i++) {
      many.add(i);
    }
    assertThat(Structure.digest(many)).isNull();
    byte[] megabyte = new byte[1 << 20];
    List<byte[]> copies = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      copies.add(megabyte.clone());
    }
    assertThat(Structure.digest(copies)).isNull();
  }
}
