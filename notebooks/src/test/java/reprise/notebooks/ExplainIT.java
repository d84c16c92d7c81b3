package reprise.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.ledger.Explanation;

@Tag("any-jdk")
class ExplainIT extends WithProduct {
  /** The long form of this is {@code bin/bench explain}. */
  @Test
  @Tag("jupyter")
  void explain_faultsThatWereMadeOnPurpose_namesStepAndCauseOfEach() throws Exception {
    String root = System.getProperty("reprise.root");
    Product.Said scored =
        product.run(
            work,
            List.of(
                "/usr/bin/python3",
                "-W",
                "ignore",
                root + "/notebooks/src/bench/python/bench.py",
                root,
                "explain-in-short",
                "--json"));
    assertThat(scored.exitCode()).as(scored.err()).isZero();
    assertThat(scored.json())
        .as(scored.err())
        .hasSize(3)
        .allMatch(it -> it.path("met").asBoolean());
  }

  @Test
  void explain_runOfTheNotebookBeforeIt_isWhatItIsHeldAgainst() throws Exception {
    String before = ran("int n = 2;", "n * 21");
    String after = ran("int n = 3;", "n * 21");
    Product.Said said = product.reprise(work, "explain", after, "--json");
    JsonNode found = said.json();
    assertThat(said.exitCode()).isEqualTo(1);
    assertThat(found.path("run").asText()).isEqualTo(after);
    assertThat(found.path("other").asText()).isEqualTo(before);
    assertThat(found.path("verdict").asText()).isEqualTo("DIVERGED");
    assertThat(found.path("step").asInt()).isEqualTo(1);
    assertThat(found.path("cause").asText()).isEqualTo("parameter (n: 2 → 3)");
    assertThat(found.path("interventions")).hasSize(2);
    assertThat(found.path("interventions").path(1).path("factor").asText()).isEqualTo("parameter");
    Explanation[] kept =
        product.client().get("/api/runs/" + before + "/explanations", Explanation[].class);
    assertThat(kept).singleElement().extracting(it -> it.run().value()).isEqualTo(after);
  }

  @Test
  void explain_replayOfWhatCannotBePinned_saysWhatStandsInTheWay() throws Exception {
    String id = ran("int n = 3;", "new java.security.SecureRandom().nextLong()");
    assertThat(verdict(replayed(id))).isEqualTo("DIVERGED");
    JsonNode found = product.reprise(work, "explain", id, "--json").json();
    assertThat(found.path("other").asText()).isEqualTo(id);
    assertThat(found.path("step").asInt()).isEqualTo(2);
    assertThat(found.has("cause")).isFalse();
    assertThat(found.path("why").asText()).contains("step 2 draws from SecureRandom");
  }

  @Test
  void explain_runThatIsTheSame_hasNoCause() throws Exception {
    String id = ran("1 + 1");
    Product.Said said = product.reprise(work, "explain", id, "--json");
    assertThat(said.exitCode()).as(said.err()).isZero();
    assertThat(said.json().path("verdict").asText()).isEqualTo("IDENTICAL");
    assertThat(said.json().has("cause")).isFalse();
    assertThat(said.json().path("interventions")).isEmpty();
  }

  @Test
  void explain_runThatIsNone_saysSo() throws Exception {
    Product.Said said = product.reprise(work, "explain", "r-nothing");
    assertThat(said.exitCode()).isEqualTo(3);
    assertThat(said.err()).contains("r-nothing");
  }
}
