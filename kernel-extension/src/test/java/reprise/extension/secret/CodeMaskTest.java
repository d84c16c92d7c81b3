package reprise.extension.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import reprise.ledger.Wire;

class CodeMaskTest {
  private final CodeMask code = new CodeMask(new Mask());

  @Test
  void masked_notebook_hasItsSecretsMaskedInSourceAndOutputs() throws IOException {
    String notebook =
        """
        {"cells": [{"cell_type": "code", "source": ["int a = 1;\\n", "String password = \\"h2\\";"],
          "outputs": [{"text": ["password=h2\\n"]}]}], "nbformat": 4}
        """;
    JsonNode masked = Wire.JSON.readTree(code.masked("a.ipynb", notebook.getBytes(UTF_8)));
    JsonNode cell = masked.path("cells").path(0);
    assertThat(cell.path("source").asText())
        .isEqualTo("int a = 1;\nString password = \"[masked:password]\";");
    assertThat(cell.path("outputs").path(0).path("text").path(0).asText())
        .isEqualTo("password=[masked:password]\n");
    assertThat(masked.path("nbformat").asInt()).isEqualTo(4);
  }

  @Test
  void masked_fileWithoutSecrets_keepsItsVeryBytes() {
    for (String text : new String[] {"{\"cells\":  [] }", "password=", "\u00e9t\u00e9", ""}) {
      byte[] bytes = text.getBytes(UTF_8);
      assertThat(code.masked("a.ipynb", bytes)).isSameAs(bytes);
      assertThat(code.masked("b.java", bytes)).isSameAs(bytes);
    }
    byte[] latin = {(byte) 0xe9, 'a'};
    assertThat(code.masked("c.properties", latin)).isSameAs(latin);
  }

  @Test
  void masked_anySecret_isNotLookedForElsewhereFromThenOn() {
    Mask mask = new Mask();
    new CodeMask(mask).masked("A.java", "String password = \"sesame-7\";".getBytes(UTF_8));
    assertThat(mask.text("sesame-7")).isEqualTo("sesame-7");
  }

  @Test
  void masked_fileThatIsNoUtf8_losesItsSecretAndNothingElse() {
    byte[] latin =
        "password=h2\n# \u00e9t\u00e9".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    assertThat(code.masked("db.properties", latin))
        .isEqualTo(
            "password=[masked:password]\n# \u00e9t\u00e9"
                .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
  }
}
