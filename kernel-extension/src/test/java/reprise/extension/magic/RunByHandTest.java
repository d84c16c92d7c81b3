package reprise.extension.magic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunByHandTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "%reprise",
        "%reprise tag run=1",
        "%reprise note run",
        "// %reprise run a",
        "String s = \"\"\"\n%reprise run a\n\"\"\";",
        "%%bash\n%reprise run a"
      })
  void in_cellThatOpensNoRun_isNone(String cell) {
    assertThat(RunByHand.in(cell)).isEmpty();
  }

  @Test
  void in_cellThatOpensARun_hasItsName() {
    assertThat(RunByHand.in("int a = 1;\n  %reprise run \"second try\"\n"))
        .contains(new RunByHand(Optional.of("second try")));
    assertThat(RunByHand.in("%reprise run second try"))
        .contains(new RunByHand(Optional.of("second try")));
    assertThat(RunByHand.in("%reprise run")).contains(new RunByHand(Optional.empty()));
  }
}
