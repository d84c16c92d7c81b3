package reprise.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import reprise.ledger.Run;
import reprise.ledger.RunStatus;

/** The product with a server and a home of its own for one class, and a folder for each test. */
abstract class WithProduct {
  @TempDir static Path folder;
  static Product product;

  /** Where the test's notebooks lie; for its use alone. */
  Path work;

  @BeforeAll
  static void serve() throws Exception {
    product = new Product(folder.resolve("home")).serve(0);
  }

  @AfterAll
  static void stop() {
    product.close();
  }

  @BeforeEach
  void makeRoom(TestInfo test) throws IOException {
    work = Files.createTempDirectory(folder, test.getTestMethod().orElseThrow().getName());
  }

  /** Runs a notebook of these cells in the test's folder; returns the run's id. */
  String ran(String... cells) throws Exception {
    Path notebook = Notebooks.write(work.resolve("n.ipynb"), cells);
    Product.Said ran = product.reprise(work, "run", notebook.toString(), "--json");
    assertThat(ran.json().path("status").asText())
        .as(ran.out() + ran.err() + Files.readString(notebook))
        .isEqualTo("SUCCEEDED");
    return ran.json().path("run").asText();
  }

  /** A JDK like the one of the tests, to be spoilt or taken away. */
  Path copyOfTheJdk() throws Exception {
    Path jdk = work.toRealPath().resolve("jdk");
    String from = Path.of(System.getProperty("java.home")).toRealPath().toString();
    assertThat(product.run(work, List.of("cp", "-r", from, jdk.toString())).exitCode()).isZero();
    return jdk;
  }

  /** Replays a run, from another folder than the test's. */
  static Product.Said replayed(String run) throws Exception {
    return product.reprise(folder, "replay", run, "--json");
  }

  static String verdict(Product.Said replayed) throws Exception {
    return replayed.json().path("verdict").asText();
  }

  static void assertIdentical(Product.Said replayed) throws Exception {
    assertThat(verdict(replayed)).as(replayed.out() + replayed.err()).isEqualTo("IDENTICAL");
  }

  /** The run once it has this status on the server. */
  static Run eventually(Product product, String id, RunStatus status) throws Exception {
    Instant end = Instant.now().plus(Duration.ofSeconds(30));
    String last = "nothing";
    while (Instant.now().isBefore(end)) {
      try {
        Run run = product.client().run(id);
        if (run.status() == status) {
          return run;
        }
        last = run.status().toString();
      } catch (IOException e) {
        last = String.valueOf(e.getMessage());
      }
      Thread.sleep(200);
    }
    throw new AssertionError(id + " is not " + status + " but " + last);
  }
}
