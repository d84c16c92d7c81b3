package reprise.extension.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelSpecTest {
  @TempDir Path folder;

  @Test
  void writeTo_anyFolder_isWhatJupyterReads() throws Exception {
    Path file =
        KernelSpec.of(
                Path.of("java"),
                Path.of("/lib"),
                List.of("-Xmx1g"),
                "reprise.extension.kernel.Main")
            .writeTo(folder.resolve("new"));
    JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    assertThat(file.getFileName()).hasToString("kernel.json");
    assertThat(json.get("argv").toString())
        .isEqualTo(
            "[\"java\",\"-Xmx1g\",\"-Dfile.encoding=UTF-8\",\"-cp\",\"/lib/*\","
                + "\"reprise.extension.kernel.Main\",\"{connection_file}\"]");
    assertThat(json.get("language").getAsString()).isEqualTo("java");
    assertThat(json.get("interrupt_mode").getAsString()).isEqualTo("message");
    assertThat(json.get("display_name").getAsString()).isEqualTo("Java (Reprise)");
  }

  @Test
  void java_homeWithoutJava_isThatOfThePath() {
    assertThat(KernelSpec.java(Map.of("JAVA_HOME", folder.toString()))).isEqualTo(Path.of("java"));
    String home = System.getProperty("java.home");
    assertThat(KernelSpec.java(Map.of("JAVA_HOME", home))).isEqualTo(Path.of(home, "bin", "java"));
  }

  @Test
  void folder_withPrefixOrWithout_isWhereJupyterLooks() {
    assertThat(KernelSpec.folder(Path.of("/opt"), "Mine", Map.of()))
        .isEqualTo(Path.of("/opt/share/jupyter/kernels/mine"));
    assertThat(KernelSpec.folder(null, "mine", Map.of("JUPYTER_DATA_DIR", "/data")))
        .isEqualTo(Path.of("/data/kernels/mine"));
  }

  @Test
  void rehearsed_kernelThatDoesNotStart_goesWithout() throws Exception {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    KernelSpec spec =
        KernelSpec.of(java, folder.resolve("nothing"), List.of(), Main.class.getName())
            .rehearsed(folder);
    assertThat(spec.argv()).noneMatch(word -> word.contains("classes.archive"));
  }
}
