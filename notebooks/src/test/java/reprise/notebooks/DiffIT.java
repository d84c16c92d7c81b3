package reprise.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("any-jdk")
class DiffIT extends WithProduct {
  private static final String READ =
      "int sum = Integer.parseInt(java.nio.file.Files.readString(java.nio.file.Path.of(\"in\"))) + n;";

  @Test
  void diff_runsOfOneNotebook_saysWhatIsNotTheSame() throws Exception {
    Files.writeString(work.resolve("in"), "5");
    String a = ran("int n = 2;", READ, "sum");
    Files.writeString(work.resolve("in"), "6");
    product.with("TZ", "Asia/Tokyo");
    String b = ran("int n = 3;", READ, "sum", "\"new\"");
    product.variables().remove("TZ");

    Product.Said said = product.reprise(work, "diff", a, b, "--json");
    JsonNode diff = said.json();
    assertThat(said.exitCode()).isEqualTo(1);
    assertThat(diff.path("same").asBoolean()).isFalse();
    assertThat(diff.path("first").path("step").asInt()).isEqualTo(1);
    assertThat(diff.path("parameters").toString())
        .isEqualTo("[{\"name\":\"n\",\"a\":\"2\",\"b\":\"3\"}]");
    assertThat(diff.path("values").toString())
        .contains("{\"name\":\"sum\",\"a\":\"7\",\"b\":\"9\"}");
    assertThat(diff.path("data")).singleElement().asString().contains("/in\"");
    assertThat(diff.path("environment").toString()).contains("Asia/Tokyo");
    assertThat(diff.path("code")).hasSize(2);
    assertThat(diff.path("code").path(0).path("diff").asText())
        .contains("-int n = 2;\n+int n = 3;\n");
    assertThat(diff.path("code").path(1).has("left")).isFalse();
    assertThat(product.reprise(work, "diff", a, b).out())
        .contains("--- " + a, "- n = 2", "+ n = 3", "step none → 4");
  }

  @Test
  void diff_runAndItself_areTheSame() throws Exception {
    String id = ran("1 + 1");
    Product.Said said = product.reprise(work, "diff", id, id, "--json");
    assertThat(said.exitCode()).isZero();
    assertThat(said.json().path("same").asBoolean()).isTrue();
  }
}
