package reprise.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reprise.ledger.ExperimentName;
import reprise.ledger.Run;
import reprise.ledger.RunStatus;
import reprise.ledger.Step;
import reprise.ledger.Wire;

/** The installed kernel in Jupyter's own hands: recorded without a word in the notebook. */
@Tag("jupyter")
class JupyterIT extends WithKernel {
  @Test
  void install_onThisJdk_makesAnArchiveForAQuickStart() {
    Path kernel = folder.resolve("share/jupyter/kernels/reprise-java");
    assertThat(kernel.resolve("kernel.json")).content().contains("classes.archive");
    assertThat(kernel.resolve("classes.archive")).isRegularFile();
  }

  @ParameterizedTest
  @CsvSource({"1-seattle-weather, seattle-weather", "2-penguins, penguins"})
  void execute_exampleByNbclient_isRecordedAndReplaysIdentical(String example, String name)
      throws Exception {
    Path copy = Product.copyOfExample(example, folder);
    Path notebook = copy.resolve(name + ".ipynb");
    product.with("REPRISE_NOTEBOOK", notebook.toString());
    Product.Said executed =
        python(
            "execute_example.py",
            "reprise-java",
            notebook.toString(),
            copy.resolve("out.ipynb").toString(),
            copy.toString());
    assertThat(executed.exitCode()).as(executed.err()).isZero();
    Run run = latest(name);
    assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(run.notebook().path()).isEqualTo(notebook.toString());
    assertThat(run.history()).allMatch(step -> Objects.requireNonNull(step.outcome()).succeeded());
    assertThat(run.history()).extracting(Step::snapshot).doesNotContainNull();
    assertSameAsWritten(run, copy.resolve("out.ipynb"));
    Product.Said replayed = product.reprise(folder, "replay", run.run().value(), "--json");
    assertThat(replayed.json().path("verdict").asText())
        .as(replayed.out() + replayed.err())
        .isEqualTo("IDENTICAL");
  }

  /** What Jupyter saved under the cells is what was recorded of them. */
  private static void assertSameAsWritten(Run run, Path saved) throws Exception {
    int step = 0;
    for (JsonNode cell : Wire.JSON.readTree(Files.readString(saved)).path("cells")) {
      if (cell.path("cell_type").asText().equals("code")) {
        assertThat(run.history().get(step).outputs()).hasSameSizeAs(cell.path("outputs"));
        step++;
      }
    }
    assertThat(run.history()).hasSize(step);
  }

  @Test
  @Tag("jupyter-server")
  @Tag("any-jdk")
  void execute_throughAJupyterServer_findsTheNotebooksPath() throws Exception {
    Path notebook = Notebooks.write(folder.resolve("work/deep/asked.ipynb"), "int seen = 1;");
    product.variables().remove("REPRISE_NOTEBOOK");
    Product.Said opened =
        python(
            "session_through_server.py",
            "reprise-java",
            folder.resolve("work").toString(),
            "deep/asked.ipynb");
    assertThat(opened.exitCode()).as(opened.err()).isZero();
    Run run = latest("asked");
    assertThat(run.notebook().path()).isEqualTo(notebook.toString());
    assertThat(run.history()).extracting(Step::source).containsExactly("int seen = 1;");
  }

  @Test
  @Tag("any-jdk")
  void execute_throughTheConsole_isRecordedThoughItKnowsNoNotebook() throws Exception {
    product.variables().remove("REPRISE_NOTEBOOK");
    Product.Said said =
        product.run(
            folder,
            List.of(
                "bash",
                "-c",
                "printf 'int a = 20 + 1;\\na * 2\\n' | timeout 120 jupyter-console"
                    + " --kernel reprise-java --simple-prompt"));
    assertThat(said.out()).as(said.err()).contains("Out[2]: 42");
    Run run = latest("untitled");
    assertThat(run.notebook().path()).isNull();
    assertThat(run.notebook().foundBy()).contains("REPRISE_NOTEBOOK");
    assertThat(run.history()).extracting(Step::source).containsExactly("int a = 20 + 1;", "a * 2");
  }

  @Test
  @Tag("any-jdk")
  void run_withoutJupyter_hasTheFlagsThatTheKernelHas() throws Exception {
    Path notebook = Notebooks.write(folder.resolve("alone/alone.ipynb"), "1 + 1");
    product.reprise(folder.resolve("alone"), "run", notebook.toString());
    Path kernel = folder.resolve("share/jupyter/kernels/reprise-java/kernel.json");
    JsonNode argv = Wire.JSON.readTree(kernel.toFile()).path("argv");
    assertThat(latest("alone").environment().flags())
        .anyMatch(it -> it.startsWith("-XX:Tier4"))
        .isSubsetOf(List.of(Wire.JSON.treeToValue(argv, String[].class)));
  }

  @Test
  @Tag("any-jdk")
  void clone_theCodeHistoryByGit_isSoundAndHoldsTheCells() throws Exception {
    Path notebook = Notebooks.write(folder.resolve("git/cloned.ipynb"), "int a = 1;", "a + 1");
    Files.writeString(folder.resolve("git/Tool.java"), "class Tool {}");
    product.reprise(folder.resolve("git"), "run", notebook.toString());
    Path clone = folder.resolve("clone");
    String url =
        "http://reprise:%s@127.0.0.1:%d/git/cloned.git"
            .formatted(product.variables().get("REPRISE_TOKEN"), product.port());
    Product.Said cloned = product.run(folder, List.of("git", "clone", "-q", url, clone.toString()));
    assertThat(cloned.exitCode()).as(cloned.err()).isZero();
    Product.Said checked = product.run(clone, List.of("git", "fsck", "--strict"));
    assertThat(checked.exitCode()).as(checked.err()).isZero();
    assertThat(clone.resolve("Tool.java")).hasContent("class Tool {}");
    assertThat(clone.resolve(".reprise/steps/00002.java")).hasContent("a + 1");
  }

  /** The newest run once its session has ended: a client does not wait for its kernel's goodbye. */
  private static Run latest(String experiment) throws Exception {
    String newest = "/api/runs?limit=1&experiment=" + new ExperimentName(experiment);
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (true) {
      JsonNode runs = product.client().get(newest, JsonNode.class).path("runs");
      Run run = runs.isEmpty() ? null : product.client().run(runs.path(0).path("run").asText());
      if (run != null && run.endedAt() != null) {
        return run;
      }
      assertThat(System.nanoTime()).as("the run has come and ended").isLessThan(until);
      Thread.sleep(100);
    }
  }
}
