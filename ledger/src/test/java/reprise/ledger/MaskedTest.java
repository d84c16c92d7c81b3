package reprise.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MaskedTest {
  @Test
  void filled_markWhoseSecretIsKnown_isTheTextAsItWas() {
    String text = "a " + Masked.mark("db.password") + " b " + Masked.mark("jwt");
    assertThat(Masked.names(text)).containsExactly("db.password", "jwt");
    assertThat(Masked.filled(text, Map.of("db.password", "$1\\")))
        .isEqualTo("a $1\\ b [masked:jwt]");
  }

  @Test
  void names_textWithoutMarks_areNone() {
    assertThat(Masked.names("[masked] [masked:] [masked:a b]")).isEmpty();
  }

  @Test
  void alike_marksOfOtherNames_areTheSame() {
    assertThat(Masked.alike("as " + Masked.mark("password2")))
        .isEqualTo(Masked.alike("as " + Masked.mark("password")));
    assertThat(Masked.alike("as [mask]")).isEqualTo("as [mask]");
  }

  @Test
  void same_markAgainstTheSecretItself_isTheSameWhereNothingIsMasked() {
    String marked = "a [masked:x] b [masked:y] c";
    assertThat(Masked.same(marked, "a 1 b 22 c")).isTrue();
    assertThat(Masked.same("a 1 b 22 c", marked)).isTrue();
    assertThat(Masked.same(marked, "a [masked:z] b 22 c")).isTrue();
    assertThat(Masked.same("[masked:x]", "anything")).isTrue();
    assertThat(Masked.same("a", "a")).isTrue();
  }

  @Test
  void same_differenceBesideTheMark_isSeen() {
    String marked = "a [masked:x] b [masked:y] c";
    assertThat(Masked.same(marked, "a 1 d 22 c")).isFalse();
    assertThat(Masked.same(marked, "a 1 b 22 d")).isFalse();
    assertThat(Masked.same(marked, "A 1 b 22 c")).isFalse();
    assertThat(Masked.same("[masked:x]", "")).isFalse();
    assertThat(Masked.same("ab[masked:x]ba", "aba")).isFalse();
    assertThat(Masked.same("a", "b")).isFalse();
  }

  @Test
  void variable_anyName_isOneThatAShellTakes() {
    assertThat(Masked.variable("db.api-key")).isEqualTo("REPRISE_SECRET_DB_API_KEY");
    assertThat(Masked.isVariable(Masked.variable("x"))).isTrue();
    assertThat(Masked.isVariable("REPRISE_TOKEN")).isFalse();
  }
}
