package reprise.reproducer.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormaliserTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Foo@1b2c3d4|Foo@5e6f7a8|identity-hash",
        "[I@1b2c3d|[I@5e6f7a8|identity-hash",
        "REPL.$JShell$11$Foo@1b2c3d4|REPL.$JShell$11$Foo@99aabbcc|identity-hash",
        "took 12 ms|took 1034 ms|duration",
        "elapsed: 0.5 s|elapsed: 12.25 s|duration",
        "wrote /tmp/data1234567890.csv|wrote /tmp/data998877665544.csv|temporary-path"
      })
  void of_chanceAlone_isForgivenByTheNamedNormaliser(String before, String now, String name) {
    assertThat(Sameness.of(before, now).orElseThrow())
        .extracting(Normaliser::label)
        .containsExactly(name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "accuracy 0.91|accuracy 0.92",
        "12 ms|13 ms",
        "mail me@abcdef.org|mail me@fedcba.org",
        "Foo@1b2c3d4|Bar@1b2c3d4",
        "took 12 steps|took 13 steps",
        "/tmp/a.csv|/tmp/b.csv",
        "/home/ada/1|/home/ada/2",
        "a b|ab",
        "''|x"
      })
  void of_contentThatDiffers_isNeverForgiven(String before, String now) {
    assertThat(Sameness.of(before, now)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"Foo@1b2c3d4", "took 12 ms", "/tmp/data1234567890.csv", "x@y", "''"})
  void apply_twice_isTheSameAsOnce(String text) {
    for (Normaliser normaliser : Normaliser.values()) {
      String once = normaliser.apply(text);
      assertThat(normaliser.apply(once)).isEqualTo(once);
      assertThat(once.isEmpty()).isEqualTo(text.isEmpty());
    }
  }

  @org.junit.jupiter.api.Test
  void of_severalChances_namesThoseThatWereNeeded() {
    assertThat(Sameness.of("\u001b[31mFoo@1b2c3d4\u001b[0m\r\n", "Foo@5e6f7a8\n").orElseThrow())
        .isEqualTo(List.of(Normaliser.LINE_ENDS, Normaliser.ANSI, Normaliser.IDENTITY_HASH));
  }
}
