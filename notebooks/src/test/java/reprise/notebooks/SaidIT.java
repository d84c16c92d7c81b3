package reprise.notebooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.ledger.Data;
import reprise.ledger.Load;
import reprise.ledger.Metric;
import reprise.ledger.Parameter;
import reprise.ledger.Run;
import reprise.ledger.Step;

/** What a notebook says of itself, from its cells to what is shown and compared. */
@Tag("any-jdk")
class SaidIT extends WithProduct {
  @Test
  void run_notebookThatSpeaks_isRecordedShownAndReplaysIdentical() throws Exception {
    Path notebook =
        Notebooks.write(
            folder.resolve("said/said.ipynb"),
            "import reprise.Reprise;\nint epochs = Reprise.param(\"epochs\", 3);\n"
                + "String login = Reprise.param(\"password\", \"hunter-22\");",
            "for (int i = 0; i < epochs; i++) Reprise.metric(\"loss\", 1.0 / (i + 1));\n"
                + "Reprise.metric(\"accuracy\", 0.9, 3);\nReprise.metric(\"ratio\", 0.0 / 0);",
            "%reprise run second try\n%reprise tag team=iris stage=test\n%reprise note \"went well\"\n"
                + "%reprise\nReprise.tag(\"by\", \"code\");\nReprise.note(\"noted\");",
            "java.nio.file.Files.writeString(java.nio.file.Path.of(\"model.txt\"), \"weights\");\n"
                + "Reprise.artifact(\"model.txt\");\nReprise.artifact(\"missing.txt\");");
    Product.Said ran = product.reprise(folder, "run", notebook.toString(), "--json");
    assertThat(ran.json().path("status").asText()).as(ran.out() + ran.err()).isEqualTo("SUCCEEDED");
    String id = ran.json().path("run").asText();

    Run run = product.client().run(id);
    List<Step> history = run.history();
    assertThat(run.name()).isEqualTo("second try");
    assertThat(run.steps()).extracting(Step::step).containsExactly(3, 4);
    assertThat(run.tags())
        .containsOnly(
            java.util.Map.entry("team", "iris"),
            java.util.Map.entry("stage", "test"),
            java.util.Map.entry("by", "code"));
    assertThat(run.remarks()).containsExactly("went well", "noted");
    assertThat(run.notes()).anyMatch(note -> note.contains("missing.txt"));
    assertThat(history.get(0).parameters())
        .extracting(Parameter::name, Parameter::value, Parameter::start, Parameter::masked)
        .contains(
            tuple("epochs", "3", Parameter.NOWHERE, null),
            tuple("password", "\"[masked:password]\"", Parameter.NOWHERE, true));
    assertThat(history.get(1).metrics())
        .extracting(Metric::name, Metric::value, Metric::index)
        .containsExactly(
            tuple("loss", 1.0, 0L),
            tuple("loss", 0.5, 1L),
            tuple("loss", 1.0 / 3, 2L),
            tuple("accuracy", 0.9, 3L),
            tuple("ratio", Double.NaN, 0L));
    assertThat(history.get(2).outputs()).as("what %reprise says is no output").isEmpty();
    String model = notebook.resolveSibling("model.txt").toString();
    assertThat(history.get(3).artifacts()).containsExactly(model);
    assertThat(history.get(3).data())
        .anyMatch(data -> data.path().equals(model) && data.digest() != null);

    assertThat(product.reprise(folder, "show", id).out().lines())
        .contains(
            "tag team = iris",
            "note: went well",
            "  PARAM   epochs = 3",
            "  METRIC  loss = %s  (3 values from 1.0)".formatted(1.0 / 3),
            "  METRIC  accuracy = 0.9",
            "  ARTIFACT " + model);

    Product.Said replayed =
        product.reprise(folder, "replay", id, "-p", "password=hunter-22", "--json");
    assertThat(replayed.json().path("verdict").asText())
        .as(replayed.out() + replayed.err())
        .isEqualTo("IDENTICAL");
    Run again = product.client().run(replayed.json().path("replay").asText());
    assertThat(again.tags()).isEqualTo(run.tags());
  }

  @Test
  void run_artifactThatTheStepDidNotWrite_isKept() throws Exception {
    Path notebook =
        Notebooks.write(
            folder.resolve("kept/kept.ipynb"), "reprise.Reprise.artifact(\"plot.svg\");");
    Files.writeString(notebook.resolveSibling("plot.svg"), "<svg/>");
    String id =
        product.reprise(folder, "run", notebook.toString(), "--json").json().path("run").asText();
    assertThat(product.client().run(id).history().get(0).data())
        .extracting(Data::direction, data -> Path.of(data.path()).getFileName().toString())
        .containsExactly(tuple(Data.Direction.READ, "plot.svg"));
  }

  @Test
  void run_longStep_isRecordedWithItsLoadAndShortOnesAreNot() throws Exception {
    Path gpu = Files.createDirectories(folder.resolve("bin")).resolve("nvidia-smi");
    Files.writeString(gpu, "#!/bin/sh\necho '93, 24'\n");
    assertThat(gpu.toFile().setExecutable(true)).isTrue();
    product.with("PATH", gpu.getParent() + ":" + System.getenv("PATH"));
    Path notebook =
        Notebooks.write(
            folder.resolve("load/load.ipynb"),
            "1 + 1",
            "long end = System.nanoTime() + 4_600_000_000L;\nlong n = 0;\n"
                + "while (System.nanoTime() < end) n++;");
    String id =
        product.reprise(folder, "run", notebook.toString(), "--json").json().path("run").asText();
    List<Step> history = product.client().run(id).history();
    assertThat(history.get(0).load()).isEmpty();
    List<Load> load = history.get(1).load();
    assertThat(load).isNotEmpty();
    assertThat(load.get(0).cpu()).isGreaterThan(0.05);
    assertThat(load.get(0).heapBytes()).isPositive();
    assertThat(load.get(0).gpu()).isEqualTo(0.93);
    assertThat(history.get(1).children()).as("what we start ourselves").isEmpty();
    assertThat(history.get(1).data()).as("we look into no file on behalf of the cell").isEmpty();
    assertThat(product.reprise(folder, "show", id).out()).contains("  LOAD    ");
  }
}
