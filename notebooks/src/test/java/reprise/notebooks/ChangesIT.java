package reprise.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.ledger.Output;
import reprise.ledger.Run;
import reprise.ledger.RunStatus;

/** Replays that are meant to be otherwise than their run. */
@Tag("any-jdk")
class ChangesIT extends WithProduct {
  @Test
  void replay_parameters_areChangedInTheirPlacesAndTheRestIsAsItWas() throws Exception {
    String id =
        ran(
            "double rate = 0.5; String name = \"iris\"; char sign = '+';",
            "import reprise.Reprise;\nint epochs = Reprise.param(\"epochs\", 3);",
            "System.out.print(name + sign + rate * epochs + \" \");\nMath.random()",
            "UUID.randomUUID()");
    Product.Said said =
        product.reprise(
            folder,
            "replay",
            id,
            "-p",
            "rate=0.25",
            "-p",
            "name=a \"b\"\\",
            "-p",
            "epochs=4",
            "--json");
    JsonNode replayed = said.json();
    assertThat(said.exitCode()).as(said.err()).isEqualTo(1);
    assertThat(replayed.path("parameters").path("rate").asText()).isEqualTo("0.25");
    assertThat(texts(replayed.path("altered")))
        .contains(
            "the parameter rate is 0.25 instead of 0.5, in step 1",
            "the parameter epochs is 4 instead of 3, wherever the notebook asks for it");
    assertThat(verdicts(replayed)).containsExactly("DIVERGED", "DIVERGED", "DIVERGED", "IDENTICAL");
    assertThat(printed(replayed.path("replay").asText())).isEqualTo("a \"b\"\\+1.0 ");
    assertThat(verdictInList(id)).isEmpty();

    Product.Said people = product.reprise(folder, "replay", id, "-p", "rate=0.25");
    assertThat(people.out())
        .contains("changed: the parameter rate is 0.25 instead of 0.5, in step 1")
        .contains("Steps that came out otherwise, as may be expected: 1, 3.");
  }

  @Test
  @Tag("long")
  void replay_parameterThatIsNone_isRefusedWithThoseThatThereAre() throws Exception {
    String id = ran("int rounds = 3;\nString name = \"a\";");
    Product.Said unknown = product.reprise(folder, "replay", id, "-p", "round=4");
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.err())
        .contains(
            "This run has no parameter or secret called round; it has name (String), rounds (int).");
    Product.Said wrong = product.reprise(folder, "replay", id, "-p", "rounds=many");
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err()).contains("'many' is not a value of type int, which rounds has");
    Product.Said step = product.reprise(folder, "replay", id, "--to", "9");
    assertThat(step.exitCode()).isEqualTo(2);
    assertThat(step.err()).contains("This run has no step 9; its steps are 1 to 1.");
  }

  @Test
  @Tag("long")
  void replay_liveData_isReadAsItIsNowAndOnlyWhereAsked() throws Exception {
    Files.createDirectories(work.resolve("in"));
    Files.writeString(work.resolve("a.csv"), "old a");
    Files.writeString(work.resolve("in/b.csv"), "old b");
    String id =
        ran(
            "import java.nio.file.*;\nFiles.readString(Path.of(\"a.csv\"))",
            "String all = \"\";\nfor (var f : new TreeSet<>(Arrays.asList(new File(\"in\").list())))"
                + " all += f + Files.readString(Path.of(\"in\", f));\nall");
    Files.writeString(work.resolve("a.csv"), "new a");
    Files.writeString(work.resolve("in/b.csv"), "new b");
    Files.writeString(work.resolve("in/c.csv"), "and c");

    assertIdentical(replayed(id));
    JsonNode one = product.reprise(folder, "replay", id, "--live-data", "a.csv", "--json").json();
    assertThat(verdicts(one)).containsExactly("DIVERGED", "IDENTICAL");
    assertThat(one.path("divergences").path(0).path("actual").asText()).contains("new a");
    JsonNode all = product.reprise(folder, "replay", id, "--live-data", "--json").json();
    assertThat(verdicts(all)).containsExactly("DIVERGED", "DIVERGED");
    assertThat(all.toString()).contains("b.csvnew bc.csvand c");
    assertThat(verdictInList(id)).isEqualTo("IDENTICAL");

    Product.Said wrong = product.reprise(folder, "replay", id, "--live-data", "x.csv");
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err()).contains("This run has read nothing from " + work.resolve("x.csv"));
  }

  @Test
  @Tag("long")
  void replay_freshChance_drawsAnewAndSaysSo() throws Exception {
    String id = ran("Math.random()", "1 + 1");
    JsonNode replayed = product.reprise(folder, "replay", id, "--fresh-chance", "--json").json();
    assertThat(verdicts(replayed)).containsExactly("DIVERGED", "IDENTICAL");
    assertThat(texts(replayed.path("altered"))).hasSize(1);
  }

  @Test
  void sweep_grid_isARunOfEachPointThoughOneFails() throws Exception {
    String id =
        ran(
            "int n = 2; String how = \"plus\";",
            "int result = how.equals(\"plus\") ? 10 + n : 10 / n;\nresult",
            "reprise.Reprise.metric(\"score\", result);");
    Product.Said said =
        product.reprise(
            folder,
            "sweep",
            id,
            "-p",
            "n=0,5",
            "-p",
            "how=plus,over",
            "--parallel",
            "2",
            "--show",
            "score",
            "--show",
            "result",
            "--json");
    assertThat(said.exitCode()).as(said.err()).isEqualTo(1);
    List<String> points = new ArrayList<>();
    for (JsonNode point : said.json()) {
      points.add(
          "%s %s %s %s"
              .formatted(
                  point.path("parameters").path("n").asText(),
                  point.path("parameters").path("how").asText(),
                  point.path("status").asText(),
                  point.path("shown").path("result").asText()));
      String replay = point.path("replay").asText();
      Run run = eventually(product, replay, RunStatus.valueOf(point.path("status").asText()));
      assertThat(run.history().get(0).parameters())
          .anyMatch(it -> it.value().equals(point.path("parameters").path("n").asText()));
    }
    assertThat(points)
        .containsExactly(
            "0 plus SUCCEEDED 10", "0 over FAILED 0", "5 plus SUCCEEDED 15", "5 over SUCCEEDED 2");
    assertThat(said.json().path(2).path("shown").path("score").asText()).isEqualTo("15.0");
    assertThat(said.err()).contains("[4/4]");

    Product.Said table = product.reprise(folder, "sweep", id, "-p", "n=7", "--show", "result");
    assertThat(table.out().lines().toList())
        .first()
        .asString()
        .matches("n +status +verdict +run +result");
    assertThat(table.out()).containsPattern("7 +SUCCEEDED +DIVERGED +r-\\S+ +17");
  }

  private String printed(String replay) throws Exception {
    StringBuilder printed = new StringBuilder();
    eventually(product, replay, RunStatus.SUCCEEDED)
        .history()
        .forEach(
            step ->
                step.outputs().stream()
                    .filter(Output.Stream.class::isInstance)
                    .forEach(it -> printed.append(((Output.Stream) it).text())));
    return printed.toString();
  }

  private static String verdictInList(String run) throws Exception {
    return product
        .client()
        .get("/api/runs?text=" + run, JsonNode.class)
        .path("runs")
        .path(0)
        .path("verdict")
        .asText("");
  }

  private static List<String> verdicts(JsonNode replayed) {
    List<String> verdicts = new ArrayList<>();
    replayed.path("verdicts").forEach(it -> verdicts.add(it.path("verdict").asText()));
    return verdicts;
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(it -> texts.add(it.asText()));
    return texts;
  }
}
