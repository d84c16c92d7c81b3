package reprise.reproducer.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GridTest {
  private static Map<String, String> lists(String... namesAndValues) {
    Map<String, String> lists = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      lists.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return lists;
  }

  @Test
  void points_twoParameters_areAllCombinationsInOrder() {
    assertThat(new Grid(lists("a", "1,2", "b", "x,y"), Map.of()))
        .containsExactly(
            Map.of("a", "1", "b", "x"),
            Map.of("a", "1", "b", "y"),
            Map.of("a", "2", "b", "x"),
            Map.of("a", "2", "b", "y"));
  }

  @Test
  void points_commaInAValue_isWrittenWithABackslash() {
    assertThat(new Grid(lists("a", "x\\,y,z"), Map.of()))
        .containsExactly(Map.of("a", "x,y"), Map.of("a", "z"));
  }

  @Test
  void points_secretWithAComma_isOneValue() {
    assertThat(new Grid(lists("key", "a,b", "n", "1,2"), Map.of("key", "a,b")))
        .containsExactly(Map.of("key", "a,b", "n", "1"), Map.of("key", "a,b", "n", "2"));
  }
}
