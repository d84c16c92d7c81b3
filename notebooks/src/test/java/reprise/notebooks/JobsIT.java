package reprise.notebooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reprise.notebooks.Product.Said;

/** A notebook becomes a job, and keeps its promises with a real server and real replays. */
@Timeout(240)
@Tag("any-jdk")
class JobsIT extends WithProduct {
  static final String SUM =
      """
      String file = "sales.csv";
      int sum = 0;
      for (String line : java.nio.file.Files.readAllLines(java.nio.file.Path.of("in", file))) {
        sum += Integer.parseInt(line.strip());
      }
      sum
      """;
  static final String REPORT =
      "java.nio.file.Files.writeString(java.nio.file.Path.of(\"out\", \"report.txt\"), \"sum \" + sum)";

  private static int jobs;
  private NotebookJob sales;

  @BeforeEach
  void begin() throws Exception {
    Files.createDirectories(work.resolve("in"));
    Files.createDirectories(work.resolve("out"));
    Files.writeString(work.resolve("in/sales.csv"), "1\n2\n3\n");
    sales = new NotebookJob(product, work, "sales-" + ++jobs);
  }

  @Test
  void run_liveInput_readsTodaysFileAndLeavesItsReport() throws Exception {
    sales.promoted(sales.recorded(SUM, REPORT), "--live", "in");
    Files.writeString(work.resolve("in/sales.csv"), "10\n20\n");
    Files.writeString(work.resolve("in/monday.csv"), "7\n");
    Files.delete(work.resolve("out/report.txt"));
    Said today = sales.run();
    assertThat(today.exitCode()).as(today.err() + today.out()).isZero();
    assertThat(sales.latest("out/report.txt")).hasContent("sum 30");
    Said monday = sales.run("-p", "file=monday.csv");
    assertThat(monday.exitCode()).as(monday.err() + monday.out()).isZero();
    assertThat(sales.latest("out/report.txt")).hasContent("sum 7");
    assertThat(work.resolve("out/report.txt")).doesNotExist(); // an attempt works in its own folder
  }

  @Test
  void run_frozenInput_isTheGoldenResultWhateverLiesThere() throws Exception {
    String run = sales.recorded(SUM, REPORT);
    Said replay = sales.said("replay", run); // which is what it may be promoted upon
    assertThat(replay.exitCode()).as(replay.out() + replay.err()).isZero();
    Said promoted = sales.said("promote", run, "--name", sales.name());
    assertThat(promoted.exitCode()).as(promoted.err()).isZero();
    Files.writeString(work.resolve("in/sales.csv"), "not a number\n");
    JsonNode firing = sales.run().json();
    assertThat(firing.path("status").asText()).isEqualTo("SUCCEEDED");
    assertThat(firing.path("attempts").get(0).path("verdict").asText()).isEqualTo("IDENTICAL");
    assertThat(sales.latest("out/report.txt")).hasContent("sum 6");
  }

  @Test
  void run_badFileAndThenAGoodOne_failsAtTheStepAndIsRepaired() throws Exception {
    sales.promoted(sales.recorded("int before = 1;", SUM, REPORT), "--live", "in/sales.csv");
    sales.run();
    Files.writeString(work.resolve("in/sales.csv"), "10\nhalf a li");
    Said bad = sales.run();
    assertThat(bad.exitCode()).isEqualTo(1);
    JsonNode attempt = bad.json().path("attempts").get(0);
    assertThat(attempt.path("why").asText())
        .isEqualTo(
            "step 2 failed with java.lang.NumberFormatException: For input string: \"half a li\"");
    assertThat(sales.said("show", attempt.path("run").asText()).exitCode()).isZero();
    assertThat(sales.latest("out/report.txt")).hasContent("sum 6"); // what failed publishes nothing
    Files.writeString(work.resolve("in/sales.csv"), "10\n");
    String firing = bad.json().path("firing").asText();
    Said repaired = sales.said("job", "repair", firing, "--wait");
    assertThat(repaired.exitCode()).as(repaired.out() + repaired.err()).isZero();
    assertThat(sales.latest("out/report.txt")).hasContent("sum 10");
  }

  @Test
  void run_longerThanItsTimeout_isStoppedAndSaysSo() throws Exception {
    sales.promoted(sales.recorded("long pause = 1L;", "Thread.sleep(pause)"), "-p", "pause=60000");
    sales.set("--timeout", "3s");
    JsonNode firing = sales.run().json();
    assertThat(firing.path("status").asText()).isEqualTo("FAILED");
    assertThat(firing.path("attempts").get(0).path("status").asText()).isEqualTo("TIMED_OUT");
  }

  @Test
  void export_forAirflowAndKubernetes_runsWithoutReprise() throws Exception {
    sales.promoted(
        sales.recorded(SUM, REPORT), "--cron", "30 6 * * *", "--zone", "UTC", "--no-alerts");
    for (String form : List.of("airflow", "kubernetes")) {
      Path target = work.resolve(form);
      Said said = sales.said("job", "export", sales.name(), "--as", form, "-o", target.toString());
      assertThat(said.exitCode()).as(said.err()).isZero();
      Process run =
          new ProcessBuilder("sh", target.resolve("bundle/run.sh").toString())
              .directory(work.toFile())
              .redirectErrorStream(true)
              .start();
      assertThat(new String(run.getInputStream().readAllBytes(), UTF_8))
          .isEqualTo(Files.readString(target.resolve("bundle/expected.txt")));
      assertThat(run.waitFor()).isZero();
    }
    assertThat(work.resolve("airflow/%s.py".formatted(sales.name())))
        .content()
        .contains("30 6 * * *");
    assertThat(work.resolve("kubernetes/%s.yaml".formatted(sales.name())))
        .content()
        .contains("kind: CronJob");
    assertThat(work.resolve("kubernetes/Dockerfile")).content().contains("COPY bundle /bundle");
  }

  @Test
  void promote_scheduleThatNobodyCanRead_keepsTheVersionAndSaysWhatWouldDo() throws Exception {
    String run = sales.recorded("1 + 1");
    Said unproved = sales.said(NotebookJob.words("promote " + run + " --name " + sales.name()));
    assertThat(unproved.exitCode()).isEqualTo(3);
    assertThat(unproved.err()).contains("was never replayed");
    Said bad =
        sales.said(
            NotebookJob.words(
                "promote " + run + " --name " + sales.name(),
                "--unverified",
                "x",
                "--no-alerts",
                "--cron",
                "often"));
    assertThat(bad.exitCode()).isEqualTo(3);
    assertThat(bad.err()).contains("'often' is no cron expression").hasLineCount(1);
    Said careless =
        sales.said("promote", run, "--name", "other", "--unverified", "x", "--every", "1h");
    assertThat(careless.exitCode()).isEqualTo(3);
    assertThat(careless.err()).contains("nobody would notice", "--no-alerts");
    Said good =
        product.reprise(
            work,
            NotebookJob.words(
                "promote " + run + " --name " + sales.name(),
                "--unverified",
                "x",
                "--cron",
                "0 7 * * *",
                "--zone",
                "UTC",
                "--no-alerts"));
    assertThat(good.exitCode()).as(good.err()).isZero();
    assertThat(good.out()).contains("It is due next:", "not verified (x)");
    assertThat(sales.said("job", "show", sales.name()).out()).contains("cron 0 7 * * * in UTC");
    assertThat(sales.said("job", "show", "Sales").exitCode()).isEqualTo(2);
  }
}
