package reprise.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.ledger.Notebook;
import reprise.ledger.Run;
import reprise.ledger.Step;
import reprise.ledger.Wire;

/** What people do in notebooks, played by a real client; and the runs that open by themselves. */
@Tag("jupyter")
@Tag("any-jdk")
class SessionsIT extends WithKernel {
  private static final List<String> RESTART = Arrays.asList(null, "restart");

  private static List<String> cell(String id, String code) {
    return List.of(id, code);
  }

  /** Plays the actions in a notebook; the runs that came of it, oldest first. */
  @SafeVarargs
  private List<Run> played(List<String>... actions) throws Exception {
    String name = String.valueOf(work.getFileName());
    List<List<@Nullable String>> script = new ArrayList<>();
    for (List<String> action : actions) {
      script.add(Arrays.asList(notebook(name), action.get(0), action.get(1)));
    }
    play(script);
    return runs(name);
  }

  private String notebook(String name) {
    return work.resolve(name + ".ipynb").toString();
  }

  private static void play(List<List<@Nullable String>> script) throws Exception {
    Product.Said played = python("scripted_sessions.py", "reprise-java", Wire.write(script));
    assertThat(played.exitCode()).as(played.err()).isZero();
  }

  /** All runs of an experiment once the last has ended, oldest first. */
  private static List<Run> runs(String experiment) throws Exception {
    String query =
        "/api/runs?limit=50&experiment=" + new Notebook(experiment + ".ipynb", "").experiment();
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (true) {
      List<Run> runs = new ArrayList<>();
      for (JsonNode run : product.client().get(query, JsonNode.class).path("runs")) {
        runs.add(0, product.client().run(run.path("run").asText()));
      }
      if (!runs.isEmpty() && runs.stream().allMatch(run -> run.endedAt() != null)) {
        return runs;
      }
      assertThat(System.nanoTime()).as("the runs have come and ended").isLessThan(until);
      Thread.sleep(100);
    }
  }

  private static List<List<String>> sources(List<Run> runs) {
    return runs.stream().map(run -> run.steps().stream().map(Step::source).toList()).toList();
  }

  @Test
  void runs_straightThroughWithATypoMended_areOne() throws Exception {
    List<Run> runs =
        played(cell("a", "int n = 1;"), cell("b", "int m = nn;"), cell("b", "int m = n;"));
    assertThat(sources(runs)).containsExactly(List.of("int n = 1;", "int m = nn;", "int m = n;"));
  }

  @Test
  void runs_parameterChangedAndTrainedAgainThreeTimes_areOneForEachAndReplay() throws Exception {
    List<Run> runs =
        played(
            cell("a", "int rounds = 1;"),
            cell("b", "rounds * 10"),
            cell("a", "int rounds = 2;"),
            cell("b", "rounds * 10"),
            cell("a", "int rounds = 3;"),
            cell("b", "rounds * 10"),
            cell("a", "int rounds = 4;"),
            cell("b", "rounds * 10"));
    assertThat(sources(runs))
        .containsExactly(
            List.of("int rounds = 1;", "rounds * 10"),
            List.of("int rounds = 2;", "rounds * 10"),
            List.of("int rounds = 3;", "rounds * 10"),
            List.of("int rounds = 4;", "rounds * 10"));
    assertIdentical(replayed(runs.get(3).run().value()));
  }

  @Test
  @Tag("long")
  void runs_outOfOrder_areOneThatReplaysInTheOrderOfExecution() throws Exception {
    List<Run> runs =
        played(cell("c", "int x = 1;"), cell("a", "x += 1;\nx"), cell("b", "x *= 5;\nx"));
    assertThat(sources(runs)).containsExactly(List.of("int x = 1;", "x += 1;\nx", "x *= 5;\nx"));
    assertIdentical(replayed(runs.get(0).run().value()));
  }

  @Test
  @Tag("long")
  void runs_cellEditedAndAnotherDeleted_standOnWhatHadBeenExecuted() throws Exception {
    List<Run> runs =
        played(
            cell("a", "int base = 5;"),
            cell("gone", "int hidden = 7;"),
            cell("b", "base + hidden"),
            cell("b", "base * hidden"));
    assertThat(sources(runs))
        .containsExactly(
            List.of("int base = 5;", "int hidden = 7;", "base + hidden"), List.of("base * hidden"));
    assertIdentical(replayed(runs.get(1).run().value()));
  }

  @Test
  @Tag("long")
  void slice_cellsDeletedAndEdited_areToldAsHiddenState() throws Exception {
    Notebooks.write(
        Path.of(notebook(String.valueOf(work.getFileName()))),
        "int base = 6;",
        "base + hidden",
        "int unused = 3;");
    List<Run> runs =
        played(
            cell("c0", "int base = 5;"),
            cell("gone", "int hidden = 7;"),
            cell("c2", "int unused = 3;"),
            cell("c1", "base + hidden"));
    String id = runs.get(0).run().value();
    JsonNode replayed = product.reprise(folder, "replay", id, "--slice", "--json").json();
    assertThat(replayed.path("verdict").asText()).as(replayed.toString()).isEqualTo("IDENTICAL");
    assertThat(replayed.path("excerpt").path("leftOut").toString()).isEqualTo("[3]");
    assertThat(replayed.path("excerpt").path("hiddenState"))
        .extracting(JsonNode::asText)
        .containsExactlyInAnyOrder(
            "step 4 used base of step 1, whose cell has been edited since",
            "step 4 used hidden of step 2, whose cell is no longer in the notebook");
  }

  @Test
  @Tag("long")
  void runs_kernelRestarted_areOneForEachSession() throws Exception {
    List<Run> runs = played(cell("a", "int x = 1;"), RESTART, cell("a", "int x = 1;"));
    assertThat(sources(runs)).containsExactly(List.of("int x = 1;"), List.of("int x = 1;"));
    assertThat(runs.get(0).session()).isNotEqualTo(runs.get(1).session());
    assertThat(runs.get(1).continues()).isNull();
  }

  @Test
  void runs_twoNotebooksAtOnce_areKeptApart() throws Exception {
    String one = notebook("at-once-one");
    String two = notebook("at-once-two");
    play(
        List.of(
            Arrays.asList(one, "a", "int x = 1;"),
            Arrays.asList(two, "a", "int x = 100;"),
            Arrays.asList(one, "b", "x + 1"),
            Arrays.asList(two, "b", "x + 1")));
    List<Run> first = runs("at-once-one");
    List<Run> second = runs("at-once-two");
    assertThat(sources(first)).containsExactly(List.of("int x = 1;", "x + 1"));
    assertThat(sources(second)).containsExactly(List.of("int x = 100;", "x + 1"));
    assertIdentical(replayed(second.get(0).run().value()));
    assertThat(Path.of(String.valueOf(first.get(0).notebook().path())))
        .hasFileName("at-once-one.ipynb");
  }
}
