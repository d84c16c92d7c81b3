package reprise.notebooks;

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

/** What becomes of a job's firing while its processes are killed; each with a server of its own. */
@Timeout(240)
@Tag("any-jdk")
class KilledJobsIT {
  @TempDir Path folder;
  private Path work;
  private Product product;
  private NotebookJob sales;

  @BeforeEach
  void serve() throws Exception {
    work = Files.createDirectories(folder.resolve("work"));
    Files.createDirectories(work.resolve("in"));
    Files.createDirectories(work.resolve("out"));
    Files.writeString(work.resolve("in/sales.csv"), "1\n2\n3\n");
    product = new Product(folder.resolve("home")).serve(0);
    sales = new NotebookJob(product, work, "sales");
  }

  @AfterEach
  void close() {
    product.close();
  }

  @Test
  @Tag("long")
  void attempt_stoppedAtAFailedStep_endsWhenAllOfItsRunIsAtTheServer() throws Exception {
    sales.promoted(
        sales.recorded("long pause = 1L;", "Thread.sleep(pause);\n" + JobsIT.SUM),
        "--live",
        "in/sales.csv");
    Path order = attempt(sales.run("-p", "pause=3000").json()).resolve("order.json");
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
      while (attempt.descendants().anyMatch(KilledJobsIT::executesCells)) {
        Thread.sleep(20);
      }
      product.signalServer("CONT");
      assertThat(attempt.waitFor()).isEqualTo(1);
    }
    JsonNode result = Wire.JSON.readTree(again.resolve("result.json").toFile());
    assertThat(result.path("why").asText()).startsWith("step 2 failed with");
    Said shown = sales.said("show", result.path("run").asText());
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
  void kill_serverInTheMiddle_endsTheAttemptAndTheNextServerDoesItAgain() throws Exception {
    String run =
        sales.recorded(
            "long pause = 1L;", "Thread.sleep(pause)", JobsIT.REPORT.replace("+ sum", ""));
    sales.promoted(run, "-p", "pause=4000");
    sales.started();
    List<ProcessHandle> children = children();
    product.killServerAlone();
    long killed = System.nanoTime();
    while (children.stream().anyMatch(KilledJobsIT::isAtWork)) {
      assertThat(System.nanoTime() - killed).isLessThan(10_000_000_000L);
      Thread.sleep(50);
    }
    product.serve(product.port());
    JsonNode firing = sales.ended();
    assertThat(firing.path("status").asText()).isEqualTo("SUCCEEDED");
    assertThat(firing.path("attempts")).hasSize(2);
    assertThat(firing.path("attempts").get(0).path("status").asText()).isEqualTo("LOST");
    assertThat(sales.latest("out/report.txt")).hasContent("sum ");
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
          product.children().stream().filter(KilledJobsIT::executesCells).findFirst();
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
    String run =
        sales.recorded(
            "long pause = 1L;", "Thread.sleep(pause)", JobsIT.REPORT.replace("+ sum", ""));
    sales.promoted(run, "-p", "pause=4000");
    sales.started();
    awaitChild().destroyForcibly(); // before its first cell
    awaitInJournal(product, "pause = 4000", "\"step\":2");
    awaitChild().destroyForcibly(); // in the middle
    JsonNode firing = sales.ended();
    assertThat(firing.path("status").asText()).as(firing.toString()).isEqualTo("SUCCEEDED");
    assertThat(firing.path("attempts"))
        .extracting(it -> it.path("status").asText())
        .containsExactly("LOST", "LOST", "SUCCEEDED");
    JsonNode lost = firing.path("attempts").get(1);
    assertThat(lost.path("why").asText())
        .isEqualTo("step 2 came to no end, for its JVM was killed");
    assertThat(sales.said("show", lost.path("run").asText()).exitCode()).isZero();
    assertThat(sales.latest("out/report.txt")).hasContent("sum ");
  }

  /** A process whose parent is gone may stay as one that nobody has buried. */
  static boolean isAtWork(ProcessHandle process) {
    try {
      return process.isAlive()
          && !Files.readString(Path.of("/proc/%d/status".formatted(process.pid())))
              .contains("State:\tZ");
    } catch (IOException e) {
      return false;
    }
  }
}
