package reprise.notebooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reprise.ledger.Wire;
import reprise.notebooks.Product.Said;

/** A notebook becomes a job, and keeps its promises with a real server and real replays. */
@Timeout(240)
@Tag("any-jdk")
class JobsIT {
  private static final String SUM =
      """
      String file = "sales.csv";
      int sum = 0;
      for (String line : java.nio.file.Files.readAllLines(java.nio.file.Path.of("in", file))) {
        sum += Integer.parseInt(line.strip());
      }
      sum
      """;
  private static final String REPORT =
      "java.nio.file.Files.writeString(java.nio.file.Path.of(\"out\", \"report.txt\"), \"sum \" + sum)";

  @TempDir Path folder;
  private Path work;
  private Product product;

  @BeforeEach
  void serve() throws Exception {
    work = Files.createDirectories(folder.resolve("work"));
    Files.createDirectories(work.resolve("in"));
    Files.createDirectories(work.resolve("out"));
    Files.writeString(work.resolve("in/sales.csv"), "1\n2\n3\n");
    product = new Product(folder.resolve("home")).serve(0);
  }

  @AfterEach
  void close() {
    product.close();
  }

  private String recorded(String... cells) throws Exception {
    Path notebook = Notebooks.write(work.resolve("sales.ipynb"), cells);
    Said run = product.reprise(work, "run", notebook.toString(), "--json");
    assertThat(run.exitCode()).as(run.err()).isZero();
    return run.json().path("run").asText();
  }

  private void promoted(String run, String... options) throws Exception {
    Said replay = product.reprise(work, "replay", run);
    assertThat(replay.exitCode()).as(replay.out() + replay.err()).isZero();
    Said said = product.reprise(work, words("promote", run, options));
    assertThat(said.exitCode()).as(said.err()).isZero();
  }

  private static String[] words(String command, String run, String... options) {
    return Stream.concat(Stream.of(command, run, "--name", "sales"), Stream.of(options))
        .toArray(String[]::new);
  }

  private Said run(String... options) throws Exception {
    return product.reprise(
        work,
        Stream.concat(Stream.of("job", "run", "sales", "--wait", "--json"), Stream.of(options))
            .toArray(String[]::new));
  }

  private Path latest(String file) {
    return product.home().server().resolve("jobs/sales/latest").resolve(file);
  }

  @Test
  void run_liveInput_readsTodaysFileAndLeavesItsReport() throws Exception {
    promoted(recorded(SUM, REPORT), "--live", "in");
    Files.writeString(work.resolve("in/sales.csv"), "10\n20\n");
    Files.writeString(work.resolve("in/monday.csv"), "7\n");
    Files.delete(work.resolve("out/report.txt"));
    Said today = run();
    assertThat(today.exitCode()).as(today.err() + today.out()).isZero();
    assertThat(latest("out/report.txt")).hasContent("sum 30");
    Said monday = run("-p", "file=monday.csv");
    assertThat(monday.exitCode()).as(monday.err() + monday.out()).isZero();
    assertThat(latest("out/report.txt")).hasContent("sum 7");
    assertThat(work.resolve("out/report.txt")).doesNotExist(); // an attempt works in its own folder
  }

  @Test
  void run_frozenInput_isTheGoldenResultWhateverLiesThere() throws Exception {
    promoted(recorded(SUM, REPORT));
    Files.writeString(work.resolve("in/sales.csv"), "not a number\n");
    JsonNode firing = run().json();
    assertThat(firing.path("status").asText()).isEqualTo("SUCCEEDED");
    assertThat(firing.path("attempts").get(0).path("verdict").asText()).isEqualTo("IDENTICAL");
    assertThat(latest("out/report.txt")).hasContent("sum 6");
  }

  @Test
  void run_badFileAndThenAGoodOne_failsAtTheStepAndIsRepaired() throws Exception {
    promoted(recorded("int before = 1;", SUM, REPORT), "--live", "in/sales.csv");
    run();
    Files.writeString(work.resolve("in/sales.csv"), "10\nhalf a li");
    Said bad = run();
    assertThat(bad.exitCode()).isEqualTo(1);
    JsonNode attempt = bad.json().path("attempts").get(0);
    assertThat(attempt.path("why").asText())
        .isEqualTo(
            "step 2 failed with java.lang.NumberFormatException: For input string: \"half a li\"");
    assertThat(product.reprise(work, "show", attempt.path("run").asText()).exitCode()).isZero();
    assertThat(latest("out/report.txt")).hasContent("sum 6"); // what failed publishes nothing
    Files.writeString(work.resolve("in/sales.csv"), "10\n");
    String firing = bad.json().path("firing").asText();
    Said repaired = product.reprise(work, "job", "repair", firing, "--wait");
    assertThat(repaired.exitCode()).as(repaired.out() + repaired.err()).isZero();
    assertThat(latest("out/report.txt")).hasContent("sum 10");
  }

  @Test
  void attempt_stoppedAtAFailedStep_endsWhenAllOfItsRunIsAtTheServer() throws Exception {
    promoted(
        recorded("long pause = 1L;", "Thread.sleep(pause);\n" + SUM), "--live", "in/sales.csv");
    Path order = attempt(run("-p", "pause=3000").json()).resolve("order.json");
    Files.writeString(work.resolve("in/sales.csv"), "half a li");
    Path again = Files.createDirectories(folder.resolve("again"));
    Files.copy(order, again.resolve("order.json"));
    // In a home that no server looks through, as on a node of a cluster.
    try (Product elsewhere = new Product(folder.resolve("elsewhere"))) {
      elsewhere.variables().putAll(product.variables());
      elsewhere.with("REPRISE_HOME", folder.resolve("elsewhere").toString());
      Process attempt =
          elsewhere.builder(work, List.of(Product.command(), "attempt", again.toString())).start();
      awaitInJournal(elsewhere, "\"step\":2");
      product.signalServer("STOP"); // now nobody can bring it anything
      awaitInJournal(elsewhere, "NumberFormatException");
      while (attempt.descendants().anyMatch(JobsIT::executesCells)) {
        Thread.sleep(20);
      }
      product.signalServer("CONT");
      assertThat(attempt.waitFor()).isEqualTo(1);
    }
    JsonNode result = Wire.JSON.readTree(again.resolve("result.json").toFile());
    assertThat(result.path("why").asText()).startsWith("step 2 failed with");
    Said shown = product.reprise(work, "show", result.path("run").asText());
    assertThat(shown.exitCode()).as(shown.err()).isZero();
    assertThat(shown.out()).contains("NumberFormatException");
  }

  private Path attempt(JsonNode firing) {
    String id = firing.path("attempts").get(0).path("attempt").asText();
    return product.home().server().resolve("attempts").resolve(id);
  }

  private static void awaitInJournal(Product product, String... texts) throws Exception {
    while (true) {
      if (Files.isDirectory(product.home().journals())) {
        try (Stream<Path> journals = Files.list(product.home().journals())) {
          for (Path journal : journals.toList()) {
            String all = Files.readString(journal);
            if (Stream.of(texts).allMatch(all::contains)) {
              return;
            }
          }
        }
      }
      Thread.sleep(20);
    }
  }

  @Test
  void run_longerThanItsTimeout_isStoppedAndSaysSo() throws Exception {
    String run = recorded("long pause = 1L;", "Thread.sleep(pause)");
    promoted(run, "-p", "pause=60000");
    product.reprise(work, "job", "set", "sales", "--timeout", "3s");
    JsonNode firing = run().json();
    assertThat(firing.path("status").asText()).isEqualTo("FAILED");
    assertThat(firing.path("attempts").get(0).path("status").asText()).isEqualTo("TIMED_OUT");
  }

  @Test
  void kill_serverInTheMiddle_endsTheAttemptAndTheNextServerDoesItAgain() throws Exception {
    String run = recorded("long pause = 1L;", "Thread.sleep(pause)", REPORT.replace("+ sum", ""));
    promoted(run, "-p", "pause=4000");
    product.reprise(work, "job", "run", "sales");
    List<ProcessHandle> children = children();
    product.killServerAlone();
    long killed = System.nanoTime();
    while (children.stream().anyMatch(JobsIT::isAtWork)) {
      assertThat(System.nanoTime() - killed).isLessThan(10_000_000_000L);
      Thread.sleep(50);
    }
    product.serve(product.port());
    JsonNode firing = ended();
    assertThat(firing.path("status").asText()).isEqualTo("SUCCEEDED");
    assertThat(firing.path("attempts")).hasSize(2);
    assertThat(firing.path("attempts").get(0).path("status").asText()).isEqualTo("LOST");
    assertThat(latest("out/report.txt")).hasContent("sum ");
  }

  /** The attempt's processes, once its cells are at work. */
  private List<ProcessHandle> children() throws Exception {
    awaitChild();
    Thread.sleep(1500);
    return product.children();
  }

  private ProcessHandle awaitChild() throws Exception {
    while (true) {
      Optional<ProcessHandle> child =
          product.children().stream().filter(JobsIT::executesCells).findFirst();
      if (child.isPresent()) {
        return child.get();
      }
      Thread.sleep(20);
    }
  }

  private static boolean executesCells(ProcessHandle process) {
    return process.info().commandLine().orElse("").contains("headless.Main");
  }

  @Test
  void kill_jvmThatExecutesTheCells_isALossAndDoneAgain() throws Exception {
    String run = recorded("long pause = 1L;", "Thread.sleep(pause)", REPORT.replace("+ sum", ""));
    promoted(run, "-p", "pause=4000");
    product.reprise(work, "job", "run", "sales");
    awaitChild().destroyForcibly(); // before its first cell
    awaitInJournal(product, "pause = 4000", "\"step\":2");
    awaitChild().destroyForcibly(); // in the middle
    JsonNode firing = ended();
    assertThat(firing.path("status").asText()).as(firing.toString()).isEqualTo("SUCCEEDED");
    assertThat(firing.path("attempts"))
        .extracting(it -> it.path("status").asText())
        .containsExactly("LOST", "LOST", "SUCCEEDED");
    JsonNode lost = firing.path("attempts").get(1);
    assertThat(lost.path("why").asText())
        .isEqualTo("step 2 came to no end, for its JVM was killed");
    assertThat(product.reprise(work, "show", lost.path("run").asText()).exitCode()).isZero();
    assertThat(latest("out/report.txt")).hasContent("sum ");
  }

  /** The job's newest firing, when it is over. */
  private JsonNode ended() throws Exception {
    JsonNode firing = product.reprise(work, "job", "history", "sales", "--json").json().get(0);
    while (firing.path("status").asText().equals("RUNNING")) {
      Thread.sleep(300);
      firing = product.reprise(work, "job", "history", "sales", "--json").json().get(0);
    }
    return firing;
  }

  /** A process whose parent is gone may stay as one that nobody has buried. */
  private static boolean isAtWork(ProcessHandle process) {
    try {
      return process.isAlive()
          && !Files.readString(Path.of("/proc/%d/status".formatted(process.pid())))
              .contains("State:\tZ");
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void export_forAirflowAndKubernetes_runsWithoutReprise() throws Exception {
    promoted(recorded(SUM, REPORT), "--cron", "30 6 * * *", "--zone", "UTC", "--no-alerts");
    for (String form : List.of("airflow", "kubernetes")) {
      Path target = folder.resolve(form);
      Said said =
          product.reprise(work, "job", "export", "sales", "--as", form, "-o", target.toString());
      assertThat(said.exitCode()).as(said.err()).isZero();
      Process run =
          new ProcessBuilder("sh", target.resolve("bundle/run.sh").toString())
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .start();
      assertThat(new String(run.getInputStream().readAllBytes(), UTF_8))
          .isEqualTo(Files.readString(target.resolve("bundle/expected.txt")));
      assertThat(run.waitFor()).isZero();
    }
    assertThat(folder.resolve("airflow/sales.py")).content().contains("30 6 * * *");
    assertThat(folder.resolve("kubernetes/sales.yaml")).content().contains("kind: CronJob");
    assertThat(folder.resolve("kubernetes/Dockerfile")).content().contains("COPY bundle /bundle");
  }

  @Test
  void promote_scheduleThatNobodyCanRead_keepsTheVersionAndSaysWhatWouldDo() throws Exception {
    String run = recorded("1 + 1");
    Said unproved = product.reprise(work, words("promote", run));
    assertThat(unproved.exitCode()).isEqualTo(3);
    assertThat(unproved.err()).contains("was never replayed");
    Said bad =
        product.reprise(
            work, words("promote", run, "--unverified", "x", "--no-alerts", "--cron", "often"));
    assertThat(bad.exitCode()).isEqualTo(3);
    assertThat(bad.err()).contains("'often' is no cron expression").hasLineCount(1);
    Said careless =
        product.reprise(
            work, "promote", run, "--name", "other", "--unverified", "x", "--every", "1h");
    assertThat(careless.exitCode()).isEqualTo(3);
    assertThat(careless.err()).contains("nobody would notice", "--no-alerts");
    Said good =
        product.reprise(
            work,
            words(
                "promote",
                run,
                "--unverified",
                "x",
                "--cron",
                "0 7 * * *",
                "--zone",
                "UTC",
                "--no-alerts"));
    assertThat(good.exitCode()).as(good.err()).isZero();
    assertThat(good.out()).contains("It is due next:", "not verified (x)");
    assertThat(product.reprise(work, "job", "show", "sales").out())
        .contains("cron 0 7 * * * in UTC");
    assertThat(product.reprise(work, "job", "show", "Sales").exitCode()).isEqualTo(2);
  }
}
