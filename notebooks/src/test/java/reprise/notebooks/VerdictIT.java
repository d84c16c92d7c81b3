package reprise.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a replay may differ in without being different. */
@Tag("any-jdk")
class VerdictIT extends WithProduct {
  /** Left alone by the pinning of chance, so that it never comes out the same. */
  private static final String UNPINNED = "var chance = new java.security.SecureRandom();\n";

  @Test
  void replay_numberWithinTheTolerance_isEquivalentAndSaysSo() throws Exception {
    String id =
        ran(
            UNPINNED
                + "double accuracy = 0.9 + chance.nextDouble() / 100;\n"
                + "System.out.println(\"accuracy: \" + accuracy);");
    assertThat(verdict(replayed(id))).isEqualTo("DIVERGED");
    Product.Said said =
        product.reprise(folder, "replay", id, "--tolerance", "accuracy=0.01", "--json");
    assertThat(verdict(said)).as(said.out()).isEqualTo("EQUIVALENT");
    assertThat(said.exitCode()).isZero();
    assertThat(said.json().path("normalisers").findValuesAsText("name"))
        .containsExactly("tolerance accuracy=0.01");
  }

  @Test
  @Tag("long")
  void replay_runThatNeverRepeatsItself_isWithinTheNoiseOfItsReplays() throws Exception {
    String id = ran(UNPINNED + "\"id x\" + new java.math.BigInteger(130, chance).toString(36)");
    Product.Said said = product.reprise(folder, "replay", id, "--times", "3", "--json");
    assertThat(verdict(said)).as(said.out()).isEqualTo("WITHIN_NOISE");
    assertThat(said.exitCode()).isZero();
    assertThat(said.json().path("normalisers").findValuesAsText("name"))
        .containsExactly("noise of 3 replays");
  }

  @Test
  @Tag("long")
  void replay_runThatRepeatsItself_isIdenticalHoweverOften() throws Exception {
    String id = ran("new Random().nextInt()");
    Product.Said said = product.reprise(folder, "replay", id, "--times", "2", "--json");
    assertIdentical(said);
    assertThat(said.err()).contains("[2/2]");
  }

  @ParameterizedTest
  @CsvSource({
    "--times, 0, A run is replayed once at least; give --times 1 or more.",
    "--tolerance, loss=much, is no tolerance; give a number such as loss=0.01",
    "--jdk, /nowhere, There is no JDK at /nowhere;"
  })
  void replay_standardThatIsNone_isRefusedInOneSentence(String option, String value, String says)
      throws Exception {
    Product.Said said = product.reprise(folder, "replay", ran("1"), option, value);
    assertThat(said.exitCode()).as(said.out() + said.err()).isEqualTo(2);
    assertThat(said.err()).contains(says);
  }
}
