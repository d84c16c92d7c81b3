package reprise.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.ledger.RunStatus;
import reprise.ledger.Wire;

/** What leaves Reprise can be read by the programs that it is for. */
@Tag("any-jdk")
class ExportIT extends WithProduct {
  private static final String PYTHON = "/usr/bin/python3";

  private Path exported(String run, String form, String name) throws Exception {
    Product.Said said = product.reprise(work, "export", run, "--as", form, "-o", name);
    assertThat(said.exitCode()).as(said.err()).isZero();
    return work.resolve(name);
  }

  private String recorded(String... cells) throws Exception {
    String run = ran(cells);
    eventually(product, run, RunStatus.SUCCEEDED);
    return run;
  }

  @Test
  @Tag("jupyter")
  void notebook_ofARun_isValidAndHasWhatPapermillWouldWrite() throws Exception {
    String run =
        recorded(
            "double alpha = 0.5;\nString name = \"ada\";\nlong big = 10L;",
            "System.out.println(name);\nSystem.err.println(\"careful\");\nalpha * 2",
            "%%html\n<b>bold</b>");
    assertIdentical(replayed(run));
    Path notebook = exported(run, "notebook", "out.ipynb");
    Product.Said valid =
        product.run(
            work,
            List.of(
                PYTHON,
                "-W",
                "error",
                "-c",
                "import nbformat, sys; nbformat.validate(nbformat.read(sys.argv[1], as_version=4))",
                notebook.toString()));
    assertThat(valid.exitCode()).as(valid.err()).isZero();
    JsonNode json = Wire.JSON.readTree(notebook.toFile());
    JsonNode papermill = json.at("/metadata/papermill");
    assertThat(papermill.at("/parameters/alpha").doubleValue()).isEqualTo(0.5);
    assertThat(papermill.at("/parameters/name").textValue()).isEqualTo("ada");
    assertThat(papermill.at("/parameters/big").textValue()).isEqualTo("10L");
    assertThat(papermill.path("input_path").asText()).endsWith("n.ipynb");
    assertThat(papermill.path("output_path").asText()).isEqualTo(notebook.toRealPath().toString());
    assertThat(papermill.path("exception").isNull()).isTrue();
    JsonNode second = json.at("/cells/1");
    assertThat(second.path("execution_count").asInt()).isEqualTo(2);
    assertThat(second.at("/metadata/papermill/status").asText()).isEqualTo("completed");
    assertThat(second.path("outputs").findValuesAsText("output_type"))
        .contains("stream", "execute_result");
    assertThat(second.path("outputs").findValuesAsText("text/plain")).containsExactly("1.0");
    assertThat(json.at("/cells/2/outputs/0/data").has("text/html")).isTrue();
    assertThat(json.at("/metadata/reprise/reproduction/verdict").asText()).isEqualTo("IDENTICAL");
    assertThat(Files.exists(work.resolve("out.ipynb"))).isTrue();
  }
}
