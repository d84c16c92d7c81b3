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
  void variable_anyName_isOneThatAShellTakes() {
    assertThat(Masked.variable("db.api-key")).isEqualTo("REPRISE_SECRET_DB_API_KEY");
    assertThat(Masked.isVariable(Masked.variable("x"))).isTrue();
    assertThat(Masked.isVariable("REPRISE_TOKEN")).isFalse();
  }
}
