package reprise.reproducer.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reprise.ledger.Output;
import reprise.ledger.Parameter;
import reprise.ledger.Verdict;
import reprise.ledger.Wire;
import reprise.reproducer.evidence.Recorded;
import reprise.reproducer.evidence.Recorded.Did;

class ExecutedNotebookTest {
  @TempDir Path folder;

  private JsonNode written(Recorded run) throws IOException {
    Path file = folder.resolve("out.ipynb");
    ExecutedNotebook.of(run.run(), run.reproductions()).write(file);
    return Wire.JSON.readTree(Files.readAllBytes(file));
  }

  @Test
  void of_cellThatRanTwice_standsThereTwiceInTheOrderOfTheSteps() throws IOException {
    JsonNode json =
        written(
            new Recorded(folder)
                .cell("a", "1", Did.NOTHING)
                .cell("b", "2", Did.NOTHING)
                .cell("a", "3", Did.NOTHING)
                .over());
    assertThat(json.findValuesAsText("source")).containsExactly("1", "2", "3");
    assertThat(json.path("cells").findValuesAsText("id")).containsExactly("a", "b", "a-2");
  }

  @Test
  void of_idThatNbformatDoesNotAllow_isMadeFit() throws IOException {
    JsonNode json =
        written(
            new Recorded(folder)
                .cell("ü".repeat(80), "1", Did.NOTHING)
                .cell("", "2", Did.NOTHING)
                .over());
    assertThat(json.path("cells").findValuesAsText("id"))
        .containsExactly("-".repeat(64), "cell")
        .allMatch(id -> id.matches("[a-zA-Z0-9_-]{1,64}"));
  }

  @Test
  void of_failedStep_saysSoAsPapermillDoes() throws IOException {
    JsonNode json =
        written(
            new Recorded(folder)
                .cell(
                    "a", "boom()", Did.failed(), new Output.Traceback("E", "no", List.of("E: no")))
                .over());
    assertThat(json.at("/cells/0/metadata/papermill/status").asText()).isEqualTo("failed");
    assertThat(json.at("/cells/0/outputs/0/output_type").asText()).isEqualTo("error");
    assertThat(json.at("/metadata/papermill/exception").asBoolean()).isTrue();
  }

  @Test
  void of_parameterSetTwice_hasItsLastValueTyped() throws IOException {
    JsonNode json =
        written(
            new Recorded(folder)
                .cell("a", "int n = 1;", Did.set(new Parameter("n", "int", "1", 8, 9)))
                .cell("a", "int n = 2;", Did.set(new Parameter("n", "int", "2", 8, 9)))
                .over());
    assertThat(json.at("/metadata/papermill/parameters/n").isInt()).isTrue();
    assertThat(json.at("/metadata/papermill/parameters/n").asInt()).isEqualTo(2);
    assertThat(json.at("/metadata/papermill/environment_variables/LANG").asText())
        .isEqualTo("C.UTF-8");
  }

  @Test
  void of_runThatWasReplayed_carriesTheVerdict() throws IOException {
    JsonNode json =
        written(
            new Recorded(folder).cell("a", "1", Did.NOTHING).over().reproduced(Verdict.DIVERGED));
    assertThat(json.at("/metadata/reprise/run").asText()).isEqualTo(Recorded.RUN.value());
    assertThat(json.at("/metadata/reprise/reproduction/verdict").asText()).isEqualTo("DIVERGED");
  }

  @Test
  void of_runWithoutSteps_isANotebookWithoutCells() throws IOException {
    assertThat(written(new Recorded(folder).over()).path("cells")).isEmpty();
  }
}
