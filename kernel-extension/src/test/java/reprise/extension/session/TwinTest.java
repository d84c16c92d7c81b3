package reprise.extension.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reprise.extension.kernel.InstalledSpecs;
import reprise.ledger.Wire;

class TwinTest {
  private static final String JAVA =
      "{\"argv\":[\"{resource_dir}/run\",\"{connection_file}\"],\"display_name\":\"Java\","
          + "\"language\":\"java\",\"interrupt_mode\":\"message\",%s}";

  @TempDir Path folder;

  private Path installed(String json) throws Exception {
    Path spec = Files.createDirectories(folder.resolve("kernels/java"));
    Files.writeString(spec.resolve("kernel.json"), json);
    return spec;
  }

  private JsonNode twin(String rest, Path agent) throws Exception {
    Path spec = installed(JAVA.formatted(rest));
    Files.writeString(spec.resolve("logo-64x64.png"), "an icon");
    Path place = folder.resolve("twin");
    Twin.of(spec).writeTo(place, agent);
    assertThat(place.resolve("logo-64x64.png")).hasContent("an icon");
    return Wire.JSON.readTree(Files.readString(place.resolve("kernel.json")));
  }

  @Test
  void writeTo_specWithOptions_keepsThemAndAllElse() throws Exception {
    JsonNode twin =
        twin(
            "\"env\":{\"A\":\"b\",\"JAVA_TOOL_OPTIONS\":\"-Xmx1g\"},\"metadata\":{\"debugger\":true}",
            Path.of("/lib/agent.jar"));
    assertThat(twin.path("display_name").asText()).isEqualTo("Java (recorded)");
    assertThat(twin.path("interrupt_mode").asText()).isEqualTo("message");
    assertThat(twin.path("argv").path(0).asText()).isEqualTo(folder + "/kernels/java/run");
    assertThat(twin.path("argv").path(1).asText()).isEqualTo("{connection_file}");
    assertThat(twin.path("env").path("A").asText()).isEqualTo("b");
    assertThat(twin.path("env").path("JAVA_TOOL_OPTIONS").asText())
        .isEqualTo("-Xmx1g -javaagent:/lib/agent.jar");
    assertThat(twin.path("metadata").path("debugger").asBoolean()).isTrue();
  }

  @Test
  void writeTo_agentInAFolderWithBlanks_isQuotedAsTheJvmReadsIt() throws Exception {
    assertThat(
            twin("\"argv0\":1", Path.of("/my lib/agent.jar"))
                .path("env")
                .path("JAVA_TOOL_OPTIONS")
                .asText())
        .isEqualTo("\"-javaagent:/my lib/agent.jar\"");
  }

  @Test
  void of_whatIsNoKernelspec_saysSo() throws Exception {
    Path spec = installed("[]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Twin.of(spec))
        .withMessageContaining("is no kernelspec");
  }

  @Test
  void find_nameInSeveralPlaces_isThatOfTheFirstPath() throws Exception {
    installed(JAVA.formatted("\"env\":{}"));
    Path later = Files.createDirectories(folder.resolve("later/kernels/java"));
    Files.writeString(later.resolve("kernel.json"), "{}");
    InstalledSpecs specs =
        new InstalledSpecs(Map.of("JUPYTER_PATH", folder + ":" + folder.resolve("later")));
    assertThat(specs.find("Java")).contains(folder.resolve("kernels/java"));
    assertThat(specs.names()).containsAll(List.of("java"));
    assertThat(specs.find("none-of-this-name")).isEmpty();
  }
}
