package reprise.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A step is replayed with what it needs, and with nothing that it does not. */
class SlicesIT extends WithProduct {
  /** In every run here; that it is left out shows that anything is. */
  private static final String NOBODY_NEEDS =
      "long wasted = 0; for (int i = 0; i < 9; i++) wasted++;";

  @Test
  @Tag("any-jdk")
  @Tag("long")
  void slice_variableRedefined_hasOnlyTheLatestDefinition() throws Exception {
    JsonNode replayed =
        sliced("int n = 1;", NOBODY_NEEDS, "int n = 20;", "int other = n + 1;", "n * 2");
    assertProved(replayed, 1, 2, 4);
  }

  @Test
  @Tag("any-jdk")
  @Tag("long")
  void slice_cellsOutOfOrder_followsWhatReallyHappened() throws Exception {
    JsonNode replayed =
        sliced(
            "int x = 5;",
            NOBODY_NEEDS,
            "int show() { return x; }",
            "String unused = \"\" + x;",
            "x = x * 3;",
            "show()");
    assertProved(replayed, 2, 4);
  }

  @Test
  @Tag("any-jdk")
  void slice_cellExecutedTwice_keepsBothOfThoseThatAddUp() throws Exception {
    JsonNode replayed = sliced("int n = 1;", "n++;", NOBODY_NEEDS, "n++;", "n");
    assertProved(replayed, 3);
  }

  @Test
  @Tag("any-jdk")
  @Tag("long")
  void slice_mutationThroughAnAlias_isKept() throws Exception {
    JsonNode replayed =
        sliced(
            "var list = new ArrayList<Integer>();",
            "List<Integer> alias = list;",
            NOBODY_NEEDS,
            "alias.add(7);",
            "var elsewhere = new StringBuilder(\"a\");",
            "elsewhere.append(\"b\");",
            "list.toString()");
    assertProved(replayed, 3, 5, 6);
  }

  @Test
  @Tag("long")
  @Tag("any-jdk")
  void slice_mutationByWhatWasPutIntoAnObject_isKept() throws Exception {
    JsonNode replayed =
        sliced(
            "int counter = 0;",
            "var tasks = new ArrayList<Runnable>();",
            "tasks.add(() -> counter += 5);",
            NOBODY_NEEDS,
            "tasks.forEach(Runnable::run);",
            "counter");
    assertProved(replayed, 4);
  }

  @Test
  @Tag("any-jdk")
  @Tag("long")
  void slice_staticStateOfAClass_isKept() throws Exception {
    JsonNode replayed =
        sliced(
            "class Ids { static int last = 100; static int next() { return ++last; } }",
            NOBODY_NEEDS,
            "int first = Ids.next();",
            "Ids.last");
    assertProved(replayed, 2);
  }

  @Test
  @Tag("any-jdk")
  void slice_fileAsTheOnlyLink_keepsWhoWroteIt() throws Exception {
    JsonNode replayed =
        sliced(
            "import java.nio.file.*;",
            "int a = 3;",
            "Files.writeString(Path.of(\"a.txt\"), \"\" + a);",
            "Files.writeString(Path.of(\"b.txt\"), \"nobody reads this\");",
            "Files.readString(Path.of(\"a.txt\"))");
    assertProved(replayed, 4);
  }

  @Test
  @Tag("any-jdk")
  @Tag("long")
  void slice_systemProperty_keepsWhoSetIt() throws Exception {
    JsonNode replayed =
        sliced(
            "System.setProperty(\"colour\", \"blue\");",
            NOBODY_NEEDS,
            "System.getProperty(\"colour\")");
    assertProved(replayed, 2);
  }

  @Test
  @Tag("any-jdk")
  @Tag("long")
  void slice_chanceOfKeptSteps_isAsRecorded() throws Exception {
    JsonNode replayed =
        sliced(
            "double unused = Math.random() + Math.random();",
            "var dice = new Random();",
            "double also = Math.random();",
            "dice.nextInt() + \" \" + Math.random() + UUID.randomUUID() + System.nanoTime()");
    assertProved(replayed, 1, 3);
  }

  @Test
  void slice_classNameInOutput_hasTheNumberThatItHad() throws Exception {
    String id =
        ran(
            "int a = 1, b = 2;\na + b",
            "String text = \"x\";\nfor (int i = 0; i < 2; i++) text += i;",
            "class Foo {}\nSystem.out.println(Foo.class.getName());\nnew Foo().getClass().getName()");
    assertThat(product.reprise(folder, "show", id).out())
        .containsPattern("REPL\\.\\$JShell\\$\\d+\\$Foo");
    JsonNode replayed = slice(id);
    assertProved(replayed, 1, 2);
    assertThat(replayed.path("normalisers")).isEmpty();
  }

  @Test
  @Tag("any-jdk")
  void slice_stepThatHangsOnWhatNobodySees_isReplayedWhole() throws Exception {
    String id =
        ran(
            "int n = 1;",
            "Executors.newFixedThreadPool(1).submit(() -> 1).get()",
            "Executors.newFixedThreadPool(1).submit(() -> Thread.currentThread().getName()).get()");
    JsonNode replayed = slice(id);
    assertThat(replayed.path("verdict").asText()).isEqualTo("IDENTICAL");
    assertThat(leftOut(replayed)).isEmpty();
    assertThat(replayed.path("compared").asInt()).isEqualTo(3);
    assertThat(replayed.path("excerpt").path("unproved").asText())
        .startsWith("the slice did not prove: step 3 came out otherwise")
        .endsWith("the whole history was replayed");
  }

  @Test
  @Tag("any-jdk")
  @Tag("long")
  void slice_toAnEarlierStep_leavesOutWhatComesLater() throws Exception {
    String id = ran("int n = 1;", NOBODY_NEEDS, "n + 1", "n = 50;", "n + 2");
    JsonNode replayed =
        product.reprise(folder, "replay", id, "--to", "3", "--slice", "--json").json();
    assertProved(replayed, 2);
    assertThat(replayed.path("compared").asInt()).isEqualTo(2);
    assertThat(replayed.path("steps").asInt()).isEqualTo(5);
    assertThat(product.reprise(folder, "replay", id, "--to", "3", "--slice").out())
        .contains("Replayed what step 3 needs; left out: steps 2.");
  }

  private JsonNode sliced(String... cells) throws Exception {
    return slice(ran(cells));
  }

  private static JsonNode slice(String id) throws Exception {
    return product.reprise(folder, "replay", id, "--slice", "--json").json();
  }

  private static void assertProved(JsonNode replayed, Integer... leftOut) {
    assertThat(replayed.path("excerpt").path("unproved").asText("")).isEmpty();
    assertThat(leftOut(replayed)).as(replayed.toString()).containsExactly(leftOut);
    assertThat(replayed.path("verdict").asText()).as(replayed.toString()).isEqualTo("IDENTICAL");
  }

  private static List<Integer> leftOut(JsonNode replayed) {
    List<Integer> steps = new ArrayList<>();
    replayed.path("excerpt").path("leftOut").forEach(step -> steps.add(step.asInt()));
    return steps;
  }
}
