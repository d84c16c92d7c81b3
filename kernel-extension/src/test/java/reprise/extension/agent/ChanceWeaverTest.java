package reprise.extension.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ChanceWeaverTest {
  private final ChanceWeaver weaver = new ChanceWeaver();

  @Test
  void woven_classesOfThisJdk_areAllAsExpected() throws IOException {
    for (String name : weaver.classes()) {
      assertThat(Rewriting.of(name, bytes(name), weaver)).as(name).isNotNull();
    }
    assertThat(weaver.strange()).isEmpty();
  }

  @Test
  void woven_classThatIsNotAsExpected_isLeftAndNamed() throws IOException {
    assertThat(Rewriting.of("java/util/Random", bytes("java/util/Scanner"), weaver)).isNull();
    assertThat(weaver.strange()).contains("java/util/Random");
  }

  private static byte[] bytes(String name) throws IOException {
    try (InputStream in = Object.class.getResourceAsStream("/" + name + ".class")) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }
}
