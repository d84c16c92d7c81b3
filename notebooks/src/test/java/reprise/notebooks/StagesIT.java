package reprise.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reprise.ledger.StageResult;
import reprise.ledger.StageStatus;

/** A job whose stages are executed side by side, each in a JVM of its own. */
@Timeout(240)
@Tag("any-jdk")
class StagesIT extends WithProduct {
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

  private static int jobs;
  private static Path inputs;
  private static String golden;
  private NotebookJob job;

  @BeforeAll
  static void record() throws Exception {
    inputs = Files.createDirectories(folder.resolve("work"));
    write("1", "2");
    golden = new NotebookJob(product, inputs, "none").recorded(CELLS);
  }

  private static void write(String north, String south) throws Exception {
    Files.writeString(inputs.resolve("north.csv"), north + "\n");
    Files.writeString(inputs.resolve("south.csv"), south + "\n");
  }

  /** Each test has a job of its own of the one recording. */
  @BeforeEach
  void promote() throws Exception {
    write("1", "2");
    job = new NotebookJob(product, inputs, "n" + ++jobs);
    Product.Said promoted =
        job.promoted(golden, "--dag", "--live", "north.csv", "--live", "south.csv", "--json");
    JsonNode stages = promoted.json().path("stages");
    assertThat(stages).hasSize(3);
    assertThat(stages.get(2).path("after")).hasSize(2);
  }

  private JsonNode run(String... options) throws Exception {
    return job.run(options).json();
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

  @Test
  void run_again_skipsWhatHasNotChanged() throws Exception {
    JsonNode first = run();
    assertThat(first.path("status").asText()).as(first.toString()).isEqualTo("SUCCEEDED");
    assertThat(stages(first)).containsOnly("SUCCEEDED").hasSize(3);
    assertThat(job.latest("sum.txt")).hasContent("sum 4");
    assertThat(first.path("attempts").get(0).path("verdict").asText()).isEqualTo("IDENTICAL");

    Files.writeString(inputs.resolve("north.csv"), "10\n");
    JsonNode second = run();
    assertThat(stages(second)).containsExactly("SUCCEEDED", "SKIPPED", "SUCCEEDED");
    assertThat(second.path("attempts").get(0).path("stages").get(1).path("attempt").asText())
        .isEqualTo(first.path("attempts").get(0).path("attempt").asText());
    assertThat(job.latest("sum.txt")).hasContent("sum 22");
    assertThat(job.latest("south.out")).hasContent("2");

    JsonNode third = run("-p", "rate=3");
    assertThat(stages(third)).containsExactly("SUCCEEDED", "SKIPPED", "SUCCEEDED");
    assertThat(job.latest("sum.txt")).hasContent("sum 32");
    assertThat(stages(run("-p", "rate=3"))).containsOnly("SKIPPED");
  }

  @Test
  void repair_afterOneStageFailed_doesOnlyThatAndWhatNeedsIt() throws Exception {
    Files.writeString(inputs.resolve("south.csv"), "half a li\n");
    JsonNode failed = run();
    assertThat(failed.path("status").asText()).isEqualTo("FAILED");
    assertThat(failed.path("why").asText())
        .isEqualTo(
            "stage 2: step 4 failed with java.lang.NumberFormatException: For input string: \"half a li\"");
    assertThat(stages(failed)).containsExactly("SUCCEEDED", "FAILED", "NOT_BEGUN");
    assertThat(job.latest("north.out")).doesNotExist();

    Files.writeString(inputs.resolve("south.csv"), "5\n");
    String firing = failed.path("firing").asText();
    JsonNode repaired = job.said("job", "repair", firing, "--wait", "--json").json();
    assertThat(repaired.path("status").asText()).as(repaired.toString()).isEqualTo("SUCCEEDED");
    assertThat(stages(repaired)).containsExactly("SKIPPED", "SUCCEEDED", "SUCCEEDED");
    assertThat(job.latest("sum.txt")).hasContent("sum 7");
  }

  @Test
  void run_stageThatFailsAtFirst_isTriedAgainAloneWithinTheAttempt() throws Exception {
    job.set("--stage-attempts", "2", "--back-off", "6s");
    Files.writeString(inputs.resolve("south.csv"), "half a li\n");
    job.started();
    while (underWay().stream().noneMatch(it -> it.status() == StageStatus.FAILED)) {
      Thread.sleep(100);
    }
    Files.writeString(inputs.resolve("south.csv"), "5\n");
    JsonNode now = job.ended();
    assertThat(now.path("status").asText()).as(now.toString()).isEqualTo("SUCCEEDED");
    assertThat(now.path("attempts")).hasSize(1);
    assertThat(stages(now)).containsOnly("SUCCEEDED").hasSize(3);
    JsonNode stages = now.path("attempts").get(0).path("stages");
    assertThat(stages.get(0).has("tries")).isFalse();
    assertThat(stages.get(1).path("tries").asInt()).isEqualTo(2);
    assertThat(job.latest("sum.txt")).hasContent("sum 7");
  }

  /** The stages of the newest attempt while they are executed. */
  private List<StageResult> underWay() throws Exception {
    JsonNode attempts = job.newest().path("attempts");
    if (attempts.isEmpty()) {
      return List.of();
    }
    String attempt = attempts.get(attempts.size() - 1).path("attempt").asText();
    return List.of(
        product.client().get("/api/attempts/" + attempt + "/stages", StageResult[].class));
  }

  @Test
  @Tag("long")
  void run_twoAttemptsAndOneStageThatFailsAtFirst_repeatsThatStageAlone() throws Exception {
    job.set("--attempts", "2", "--back-off", "5s");
    Files.writeString(inputs.resolve("south.csv"), "half a li\n");
    String firing = job.started().path("firing").asText();
    JsonNode now = job.newest();
    while (now.path("attempts").size() < 2) {
      Thread.sleep(100);
      now = job.newest();
    }
    Files.writeString(inputs.resolve("south.csv"), "5\n");
    now = job.ended();
    assertThat(now.path("firing").asText()).isEqualTo(firing);
    assertThat(now.path("status").asText()).as(now.toString()).isEqualTo("SUCCEEDED");
    assertThat(now.path("attempts").get(0).path("status").asText()).isEqualTo("FAILED");
    assertThat(stages(now)).containsExactly("SKIPPED", "SUCCEEDED", "SUCCEEDED");
    assertThat(job.latest("sum.txt")).hasContent("sum 7");
  }

  @Test
  @Tag("long")
  void gc_attemptWhoseStageWasTakenOver_staysAndOthersGo() throws Exception {
    job.said("gc", "--older-than", "0"); // what other tests have left
    String first = run().path("attempts").get(0).path("attempt").asText();
    Files.writeString(inputs.resolve("north.csv"), "10\n");
    JsonNode second = run();
    assertThat(stages(second)).containsExactly("SUCCEEDED", "SKIPPED", "SUCCEEDED");
    Path attempts = product.home().server().resolve("attempts");
    Path stray = Files.createDirectory(attempts.resolve("a-of-nobody"));
    Files.writeString(stray.resolve("log"), "of a home that was copied");
    Product.Said rehearsal = job.said("gc", "--older-than", "0", "--dry-run");
    assertThat(rehearsal.out()).contains("attempts: 1, 25 bytes");
    assertThat(stray).exists();
    assertThat(job.said("gc", "--older-than", "0").exitCode()).isZero();
    assertThat(stray).doesNotExist();
    assertThat(attempts.resolve(first)).exists();
    assertThat(stages(run())).containsOnly("SKIPPED");
  }
}
