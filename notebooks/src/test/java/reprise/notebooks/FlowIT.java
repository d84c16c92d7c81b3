package reprise.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** What cells have to do with one another, from the command to what it shows. */
class FlowIT extends WithProduct {
  @Test
  void show_flow_namesWhatEachStepDefinesUsesAndMayChange() throws Exception {
    String id =
        ran(
            "int rounds = 3;\nvar losses = new ArrayList<Double>();",
            "void train() { for (int i = 0; i < rounds; i++) losses.add(1.0 / (i + 1)); }",
            "train();",
            "System.out.println(losses);");

    assertThat(product.reprise(folder, "show", id, "--flow").out().lines())
        .contains(
            "[1] int rounds = 3;",
            "  defines     rounds, losses",
            "  defines     train()",
            "  uses        train() [2], rounds [1], losses [1]",
            "  may change  losses [1]");

    JsonNode steps = product.reprise(folder, "show", id, "--flow", "--json").json();
    assertThat(steps).hasSize(4);
    assertThat(steps.path(3).path("step").asInt()).isEqualTo(4);
    assertThat(steps.path(3).path("flow").path("used").path(0).toString())
        .isEqualTo("{\"kind\":\"VARIABLE\",\"name\":\"losses\",\"step\":1}");
  }
}
