package reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import reprise.ledger.Wire;

/** The committed description of the API is that of the endpoints as they are. */
class ApiDocumentTest extends ServerTest {
  private static final Path COMMITTED =
      Path.of(System.getProperty("reprise.root", ".."), "tracking-server", "openapi.json");

  @Test
  void openapi_committed_isCurrent() throws Exception {
    String current = server.document().toPrettyString() + "\n";
    if (Boolean.getBoolean("reprise.renew")) {
      Files.writeString(COMMITTED, current);
    }
    assertThat(COMMITTED)
        .as(
            "to renew it: mvn -pl tracking-server -am test -Dtest=ApiDocumentTest -Dreprise.renew=true"
                + " -Dsurefire.failIfNoSpecifiedTests=false")
        .content()
        .isEqualTo(current);
  }

  @Test
  void openapi_served_isTheSame() throws Exception {
    JsonNode served = Wire.JSON.readTree(get("/api/openapi.json").body());
    assertThat(served).isEqualTo(Wire.JSON.readTree(Files.readString(COMMITTED)));
  }

  @Test
  void openapi_kindsAndNames_areThoseOfTheWire() {
    JsonNode schemas = server.document().at("/components/schemas");
    assertThat(schemas.at("/Output/discriminator/propertyName").asText()).isEqualTo("output_type");
    assertThat(schemas.at("/Outcome/discriminator/propertyName").asText()).isEqualTo("kind");
    assertThat(schemas.at("/Display/properties/display_id/type").asText()).isEqualTo("string");
    assertThat(schemas.at("/Result/properties/execution_count/type").asText()).isEqualTo("integer");
    assertThat(schemas.at("/Kind/enum/0").asText()).isEqualTo("outcome");
    assertThat(schemas.at("/Data/properties/note/type").asText()).isEqualTo("string");
    assertThat(schemas.at("/Failed/properties/message/type/1").asText()).isEqualTo("null");
  }
}
