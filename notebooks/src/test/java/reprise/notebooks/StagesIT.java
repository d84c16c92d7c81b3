package reprise.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A job whose stages are executed side by side, each in a JVM of its own. */
@Timeout(240)
@Tag("any-jdk")
class StagesIT {
  private static final String[] CELLS = {
    "import java.nio.file.*;",
    "int rate = 2;",
    "int north = Integer.parseInt(Files.readString(Path.of(\"north.csv\")).strip());"
        + " Files.writeString(Path.of(\"north.out\"), \"\" + north * rate);",
    "int south = Integer.parseInt(Files.readString(Path.of(\"south.csv\")).strip());"
        + " Files.writeString(Path.of(\"south.out\"), \"\" + south);",
    "int sum = Integer.parseInt(Files.readString(Path.of(\"north.out\")))"
        + " + Integer.parseInt(Files.readString(Path.of(\"south.out\")));"
        + " Files.writeString(Path.of(\"sum.txt\"), \"sum \" + sum);",
  };

  @TempDir Path folder;
  private Path work;
  private Product product;

  @BeforeEach
  void promote() throws Exception {
    work = Files.createDirectories(folder.resolve("work"));
    Files.writeString(work.resolve("north.csv"), "1\n");
    Files.writeString(work.resolve("south.csv"), "2\n");
    product = new Product(folder.resolve("home")).serve(0);
    Path notebook = Notebooks.write(work.resolve("n.ipynb"), CELLS);
    String run =
        product.reprise(work, "run", notebook.toString(), "--json").json().path("run").asText();
    Product.Said promoted =
        product.reprise(
            work,
            "promote",
            run,
            "--name",
            "n",
            "--unverified",
            "a test",
            "--dag",
            "--live",
            "north.csv",
            "--live",
            "south.csv",
            "--json");
    assertThat(promoted.exitCode()).as(promoted.err()).isZero();
    JsonNode stages = promoted.json().path("stages");
    assertThat(stages).hasSize(3);
    assertThat(stages.get(2).path("after")).hasSize(2);
  }

  @AfterEach
  void stop() {
    product.close();
  }

  private JsonNode run(String... options) throws Exception {
    List<String> words = new ArrayList<>(List.of("job", "run", "n", "--wait", "--json"));
    words.addAll(List.of(options));
    return product.reprise(work, words.toArray(String[]::new)).json();
  }

  private static List<String> stages(JsonNode firing) {
    JsonNode attempts = firing.path("attempts");
    List<String> all = new ArrayList<>();
    attempts
        .get(attempts.size() - 1)
        .path("stages")
        .forEach(it -> all.add(it.path("status").asText()));
    return all;
  }

  private Path latest(String file) {
    return product.home().server().resolve("jobs/n/latest").resolve(file);
  }

  @Test
  void run_again_skipsWhatHasNotChanged() throws Exception {
    JsonNode first = run();
    assertThat(first.path("status").asText()).as(first.toString()).isEqualTo("SUCCEEDED");
    assertThat(stages(first)).containsOnly("SUCCEEDED").hasSize(3);
    assertThat(latest("sum.txt")).hasContent("sum 4");
    assertThat(first.path("attempts").get(0).path("verdict").asText()).isEqualTo("IDENTICAL");

    Files.writeString(work.resolve("north.csv"), "10\n");
    JsonNode second = run();
    assertThat(stages(second)).containsExactly("SUCCEEDED", "SKIPPED", "SUCCEEDED");
    assertThat(second.path("attempts").get(0).path("stages").get(1).path("attempt").asText())
        .isEqualTo(first.path("attempts").get(0).path("attempt").asText());
    assertThat(latest("sum.txt")).hasContent("sum 22");
    assertThat(latest("south.out")).hasContent("2");

    JsonNode third = run("-p", "rate=3");
    assertThat(stages(third)).containsExactly("SUCCEEDED", "SKIPPED", "SUCCEEDED");
    assertThat(latest("sum.txt")).hasContent("sum 32");
    assertThat(stages(run("-p", "rate=3"))).containsOnly("SKIPPED");
  }

  @Test
  void repair_afterOneStageFailed_doesOnlyThatAndWhatNeedsIt() throws Exception {
    Files.writeString(work.resolve("south.csv"), "half a li\n");
    JsonNode failed = run();
    assertThat(failed.path("status").asText()).isEqualTo("FAILED");
    assertThat(failed.path("why").asText())
        .isEqualTo(
            "stage 2: step 4 failed with java.lang.NumberFormatException: For input string: \"half a li\"");
    assertThat(stages(failed)).containsExactly("SUCCEEDED", "FAILED", "NOT_BEGUN");
    assertThat(latest("north.out")).doesNotExist();

    Files.writeString(work.resolve("south.csv"), "5\n");
    String firing = failed.path("firing").asText();
    JsonNode repaired = product.reprise(work, "job", "repair", firing, "--wait", "--json").json();
    assertThat(repaired.path("status").asText()).as(repaired.toString()).isEqualTo("SUCCEEDED");
    assertThat(stages(repaired)).containsExactly("SKIPPED", "SUCCEEDED", "SUCCEEDED");
    assertThat(latest("sum.txt")).hasContent("sum 7");
  }

  @Test
  void run_twoAttemptsAndOneStageThatFailsAtFirst_repeatsThatStageAlone() throws Exception {
    product.reprise(work, "job", "set", "n", "--attempts", "2", "--back-off", "5s");
    Files.writeString(work.resolve("south.csv"), "half a li\n");
    String firing =
        product.reprise(work, "job", "run", "n", "--json").json().path("firing").asText();
    JsonNode now = newest();
    while (now.path("attempts").size() < 2) {
      Thread.sleep(100);
      now = newest();
    }
    Files.writeString(work.resolve("south.csv"), "5\n");
    while (now.path("status").asText().equals("RUNNING")) {
      Thread.sleep(300);
      now = newest();
    }
    assertThat(now.path("firing").asText()).isEqualTo(firing);
    assertThat(now.path("status").asText()).as(now.toString()).isEqualTo("SUCCEEDED");
    assertThat(now.path("attempts").get(0).path("status").asText()).isEqualTo("FAILED");
    assertThat(stages(now)).containsExactly("SKIPPED", "SUCCEEDED", "SUCCEEDED");
    assertThat(latest("sum.txt")).hasContent("sum 7");
  }

  private JsonNode newest() throws Exception {
    return product.reprise(work, "job", "history", "n", "--json").json().get(0);
  }

  @Test
  void gc_attemptWhoseStageWasTakenOver_staysAndOthersGo() throws Exception {
    String first = run().path("attempts").get(0).path("attempt").asText();
    Files.writeString(work.resolve("north.csv"), "10\n");
    JsonNode second = run();
    assertThat(stages(second)).containsExactly("SUCCEEDED", "SKIPPED", "SUCCEEDED");
    Path attempts = product.home().server().resolve("attempts");
    Path stray = Files.createDirectory(attempts.resolve("a-of-nobody"));
    Files.writeString(stray.resolve("log"), "of a home that was copied");
    Product.Said rehearsal = product.reprise(work, "gc", "--older-than", "0", "--dry-run");
    assertThat(rehearsal.out()).contains("attempts: 1, 25 bytes");
    assertThat(stray).exists();
    assertThat(product.reprise(work, "gc", "--older-than", "0").exitCode()).isZero();
    assertThat(stray).doesNotExist();
    assertThat(attempts.resolve(first)).exists();
    assertThat(stages(run())).containsOnly("SKIPPED");
  }
}
