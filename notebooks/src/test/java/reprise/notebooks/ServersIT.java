package reprise.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reprise.notebooks.Product.Said;
import reprise.server.PostgresServer;

/** Two servers share the jobs of one PostgreSQL, and one of them dies. */
@Timeout(240)
@Tag("any-jdk")
@Tag("postgresql")
class ServersIT {
  @TempDir Path folder;
  private PostgresServer postgres;
  private Product one;
  private Product other;

  @BeforeEach
  void serve() throws Exception {
    postgres = PostgresServer.start();
    String database = postgres.database();
    one = product("one", database);
    other = product("other", database);
  }

  private Product product(String name, String database) throws Exception {
    return new Product(folder.resolve(name))
        .with("REPRISE_TOKEN", "open-sesame")
        .serve(0, "off", "--db", database, "--files", folder.resolve("files").toString());
  }

  @AfterEach
  void close() {
    one.close();
    other.close();
    postgres.close();
  }

  private Path notebook() throws Exception {
    return Notebooks.write(
        folder.resolve("n.ipynb"),
        "long pause = 1L;",
        "Thread.sleep(pause)",
        "java.nio.file.Files.writeString(java.nio.file.Path.of(\"report.txt\"), \"done\")");
  }

  @Test
  void kill_serverThatCarriesAnAttemptOut_theOtherDoesItWithinFifteenSeconds() throws Exception {
    Path notebook = notebook();
    Said run = one.reprise(folder, "run", notebook.toString(), "--json");
    assertThat(run.exitCode()).as(run.err()).isZero();
    Said promoted =
        other.reprise( // what one took in, the other knows
            folder,
            "promote",
            run.json().path("run").asText(),
            "--name",
            "shared",
            "--unverified",
            "a test",
            "--no-alerts",
            "-p",
            "pause=6000");
    assertThat(promoted.exitCode()).as(promoted.err()).isZero();
    one.reprise(folder, "job", "run", "shared");
    Product busy = busy();
    Product idle = busy == one ? other : one;
    busy.killServerAlone();
    Instant killed = Instant.now();
    JsonNode firing = history(idle);
    while (firing.path("status").asText().equals("RUNNING")) {
      Thread.sleep(300);
      firing = history(idle);
    }
    assertThat(firing.path("status").asText()).as(firing.toString()).isEqualTo("SUCCEEDED");
    assertThat(firing.path("attempts")).hasSize(2);
    assertThat(firing.path("attempts").get(0).path("status").asText()).isEqualTo("LOST");
    Instant takenOver = Instant.parse(firing.path("attempts").get(1).path("startedAt").asText());
    assertThat(Duration.between(killed, takenOver)).isLessThan(Duration.ofSeconds(15));
    assertThat(folder.resolve("files/jobs/shared/latest/report.txt")).hasContent("done");
  }

  private static JsonNode history(Product product) throws Exception {
    return new NotebookJob(product, Path.of("/"), "shared").newest();
  }

  /** The one whose reproducer executes cells by now. */
  private Product busy() throws InterruptedException {
    while (true) {
      for (Product each : new Product[] {one, other}) {
        if (each.children().stream()
            .anyMatch(it -> it.info().commandLine().orElse("").contains("headless.Main"))) {
          return each;
        }
      }
      Thread.sleep(50);
    }
  }
}
