package reprise.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reprise.notebooks.Product.Said;

/** Attempts on a real cluster of two nodes. */
@Timeout(240)
@Tag("any-jdk")
@Tag("slurm")
class SlurmIT {
  @TempDir static Path folder;
  private static SlurmCluster cluster;
  private static Product product;
  private static int jobs;
  private NotebookJob job;

  @BeforeAll
  static void startCluster() throws Exception {
    cluster = SlurmCluster.start(folder.resolve("cluster"));
    product =
        new Product(folder.resolve("home"))
            .with("SLURM_CONF", cluster.configuration().toString())
            .serve(0);
  }

  @AfterAll
  static void stop() throws Exception {
    product.close();
    cluster.close();
  }

  @BeforeEach
  void begin() throws Exception {
    cluster.restore();
    String name = "n" + ++jobs;
    job = new NotebookJob(product, Files.createDirectories(folder.resolve(name)), name);
  }

  private void promoted(String... cells) throws Exception {
    job.promoted(job.recorded(cells), "--no-alerts");
    job.set("--on", "slurm", "--slurm-cpus", "1");
  }

  private JsonNode run(String... options) throws Exception {
    return job.run(options).json();
  }

  @Test
  void run_onTheCluster_succeedsAndLeavesItsFiles() throws Exception {
    promoted(
        "java.nio.file.Files.writeString(java.nio.file.Path.of(\"out.txt\"), \"done\").toString()");
    JsonNode firing = run();
    assertThat(firing.path("status").asText()).as(firing.toString()).isEqualTo("SUCCEEDED");
    Path attempt =
        product
            .home()
            .server()
            .resolve("attempts")
            .resolve(firing.path("attempts").get(0).path("attempt").asText());
    assertThat(attempt.resolve("slurm-job")).exists();
    assertThat(attempt.resolve("artifacts/out.txt")).hasContent("done");
  }

  @Test
  void run_failingOnTheCluster_saysWhichStep() throws Exception {
    promoted("int n = 1;", "1 / n");
    JsonNode firing = run("-p", "n=0");
    assertThat(firing.path("status").asText()).isEqualTo("FAILED");
    assertThat(firing.path("why").asText())
        .isEqualTo("step 2 failed with java.lang.ArithmeticException: / by zero");
  }

  @Test
  void cancel_onTheCluster_endsTheJob() throws Exception {
    promoted("long pause = 1;", "Thread.sleep(pause)");
    String firing = job.started("-p", "pause=60000").path("firing").asText();
    while (!cluster.run("squeue", "-h", "-o", "%T").contains("RUNNING")) {
      Thread.sleep(200);
    }
    job.said("job", "cancel", firing);
    while (!cluster.run("squeue", "-h", "-o", "%T").isBlank()) {
      Thread.sleep(200);
    }
    assertThat(job.newest().path("status").asText()).isEqualTo("CANCELLED");
  }

  @Test
  void server_killedMeanwhile_findsTheResultWhenItIsBack() throws Exception {
    promoted("long pause = 1;", "Thread.sleep(pause)", "pause");
    job.started("-p", "pause=6000");
    while (!cluster.run("squeue", "-h", "-o", "%T").contains("RUNNING")) {
      Thread.sleep(200);
    }
    product.killServerAlone();
    product.serve(product.port());
    JsonNode firing = job.ended();
    assertThat(firing.path("status").asText()).as(firing.toString()).isEqualTo("SUCCEEDED");
    assertThat(firing.path("attempts")).hasSize(1);
  }

  @Test
  void slurm_awayAndBack_holdsTheAttemptAndIsNoFailure() throws Exception {
    promoted("long pause = 1;", "Thread.sleep(pause)", "pause");
    cluster.killController();
    job.started("-p", "pause=8000");
    JsonNode waiting = job.newest();
    while (waiting.path("attempts").path(0).path("why").isMissingNode()) {
      Thread.sleep(300);
      waiting = job.newest();
    }
    assertThat(waiting.path("status").asText()).isEqualTo("RUNNING");
    assertThat(waiting.path("attempts").get(0).path("why").asText())
        .startsWith("Slurm says: ")
        .contains("contact slurm controller");
    assertThat(job.said("job", "history", job.name()).out()).contains("Slurm says: ");
    cluster.startController();
    while (!cluster.run("squeue", "-h", "-o", "%T").contains("RUNNING")) {
      Thread.sleep(200);
    }
    cluster.killController(); // and once more, while it is at work
    Thread.sleep(3_000);
    cluster.startController();
    JsonNode firing = job.ended();
    assertThat(firing.path("status").asText()).as(firing.toString()).isEqualTo("SUCCEEDED");
    assertThat(firing.path("attempts")).hasSize(1);
    assertThat(firing.path("attempts").get(0).path("why").isMissingNode()).isTrue();
  }

  @Test
  void run_beyondTheTimeItWasGiven_isTimedOut() throws Exception {
    promoted("long pause = 1;", "Thread.sleep(pause)");
    job.set("--timeout", "3s", "--attempts", "1");
    JsonNode firing = run("-p", "pause=60000");
    assertThat(firing.path("attempts").get(0).path("status").asText()).isEqualTo("TIMED_OUT");
    assertThat(cluster.run("squeue", "-h")).isBlank();
  }

  @Test
  @Tag("long")
  void run_beyondTheMemoryItWasGiven_saysSo() throws Exception {
    promoted(
        "int size = 1;",
        "byte[][] all = new byte[size][]; for (int i = 0; i < size; i++) { all[i] = new byte[1 << 20]; java.util.Arrays.fill(all[i], (byte) 1); }",
        "Thread.sleep(size * 200)");
    job.set("--slurm-memory", "200");
    JsonNode firing = run("-p", "size=150");
    assertThat(firing.path("status").asText()).isEqualTo("FAILED");
    assertThat(firing.path("why").asText())
        .isEqualTo(
            "it needed more memory than the cluster gave it; give it more by --slurm-memory");
    assertThat(firing.path("attempts")).hasSize(1);
  }

  @Test
  @Tag("long")
  void node_lostMeanwhile_isMadeUpForOnTheOther() throws Exception {
    promoted("long pause = 1;", "Thread.sleep(pause)", "pause");
    job.started("-p", "pause=8000");
    while (!cluster.run("squeue", "-h", "-o", "%T").contains("RUNNING")) {
      Thread.sleep(200);
    }
    Thread.sleep(2_000);
    cluster.killNode(cluster.run("squeue", "-h", "-o", "%N").strip());
    JsonNode firing = job.ended();
    assertThat(firing.path("status").asText()).as(firing.toString()).isEqualTo("SUCCEEDED");
    assertThat(firing.path("attempts").get(0).path("status").asText()).isEqualTo("LOST");
    assertThat(firing.path("attempts")).hasSize(2);
  }

  @Test
  void sweep_onTheCluster_fansOutOverItsNodes() throws Exception {
    promoted("long point = 1;", "Thread.sleep(2000)", "point * 2");
    job.set("--at-once", "50");
    Said swept = job.said("job", "sweep", job.name(), "-p", "point=1,2,3,4", "--json");
    Set<String> nodes = new HashSet<>();
    while (!cluster.run("squeue", "-h").isBlank() || nodes.isEmpty()) {
      cluster.run("squeue", "-h", "-t", "RUNNING", "-o", "%N").lines().forEach(nodes::add);
      Thread.sleep(100);
    }
    assertThat(swept.json()).hasSize(4);
    assertThat(nodes).containsExactlyInAnyOrder("n1", "n2");
    for (JsonNode each : swept.json()) {
      String id = each.path("firing").asText();
      JsonNode history = job.firings();
      while (StreamSupport.stream(history.spliterator(), false)
          .anyMatch(
              it ->
                  it.path("firing").asText().equals(id)
                      && !it.path("status").asText().equals("SUCCEEDED"))) {
        Thread.sleep(300);
        history = job.firings();
      }
    }
  }
}
