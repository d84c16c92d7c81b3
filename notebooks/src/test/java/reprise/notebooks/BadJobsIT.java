package reprise.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reprise.ledger.Digest;
import reprise.ledger.RunStatus;
import reprise.notebooks.Product.Said;

/** What becomes of a job when that on which it stands is gone. */
@Timeout(240)
@Tag("any-jdk")
class BadJobsIT {
  private static final String COPY =
      "java.nio.file.Files.writeString(java.nio.file.Path.of(\"out.txt\"),"
          + " java.nio.file.Files.readString(java.nio.file.Path.of(\"in.txt\")))";

  @TempDir Path folder;
  private Path work;
  private Product product;

  @BeforeEach
  void write() throws Exception {
    work = Files.createDirectories(folder.resolve("work"));
    Files.writeString(work.resolve("in.txt"), "golden");
    product = new Product(folder.resolve("home"));
  }

  @AfterEach
  void close() {
    product.close();
  }

  private String recorded(String... cells) throws Exception {
    Path notebook = Notebooks.write(work.resolve("n.ipynb"), cells);
    Said run = product.reprise(work, "run", notebook.toString(), "--json");
    assertThat(run.exitCode()).as(run.err()).isZero();
    return run.json().path("run").asText();
  }

  private void promoted(String run) throws Exception {
    Said said = product.reprise(work, "promote", run, "--name", "n", "--unverified", "a test");
    assertThat(said.exitCode()).as(said.err()).isZero();
  }

  private JsonNode run() throws Exception {
    return product.reprise(work, "job", "run", "n", "--wait", "--json").json();
  }

  @Test
  void run_frozenBytesAreGone_takesThemWhereTheyWereReadElseSaysWhichFile() throws Exception {
    product.serve(0);
    promoted(recorded(COPY));
    String hex = Digest.of(work.resolve("in.txt")).hex();
    Path blobs = product.home().server().resolve("blobs");
    Files.delete(blobs.resolve(hex.substring(0, 2)).resolve(hex));
    assertThat(run().path("status").asText()).isEqualTo("SUCCEEDED");
    Files.deleteIfExists(blobs.resolve(hex.substring(0, 2)).resolve(hex));
    Files.writeString(work.resolve("in.txt"), "another");
    JsonNode firing = run();
    assertThat(firing.path("status").asText()).isEqualTo("FAILED");
    assertThat(firing.path("why").asText())
        .isEqualTo(
            "The bytes of %s were not kept; put the file back and run the notebook again."
                .formatted(work.resolve("in.txt")));
    Files.writeString(work.resolve("in.txt"), "golden");
    String id = firing.path("firing").asText();
    assertThat(product.reprise(work, "job", "repair", id, "--wait").exitCode()).isZero();
  }

  @Test
  void run_jdkOfTheGoldenRunIsGone_usesTheNearestAndSaysSo() throws Exception {
    String run = recorded("1 + 1");
    String vendor = System.getProperty("java.vendor");
    try (Stream<Path> journals = Files.list(product.home().journals())) {
      for (Path journal : journals.filter(it -> it.toString().endsWith(".jsonl")).toList()) {
        String there = Files.readString(journal);
        assertThat(there).contains("\"vendor\":\"%s\"".formatted(vendor));
        Files.writeString(
            journal, there.replace("\"vendor\":\"%s\"".formatted(vendor), "\"vendor\":\"Nobody\""));
      }
    }
    product.serve(0);
    WithProduct.eventually(product, run, RunStatus.SUCCEEDED);
    promoted(run);
    JsonNode firing = run();
    assertThat(firing.path("status").asText()).isEqualTo("SUCCEEDED");
    String version = System.getProperty("java.version");
    String said =
        "the JDK: %s of Nobody is not installed, so %s of %s was used"
            .formatted(version, version, vendor);
    assertThat(firing.path("attempts").get(0).path("why").asText()).isEqualTo(said);
    assertThat(product.reprise(work, "job", "history", "n").out()).contains(said);
  }

  /** A limit on file sizes fails a write just as a full disk does, and needs no disk to fill. */
  @Test
  void run_diskFullWhileAtWork_failsAndSaysSoAndIsRepaired() throws Exception {
    product.serve(0);
    String size = "int size = 10;";
    promoted(
        recorded(
            size,
            "java.nio.file.Files.write(java.nio.file.Path.of(\"out.txt\"), new byte[size])"
                + ".toString()"));
    Said limited =
        product.run(
            work, List.of("prlimit", "--pid", String.valueOf(product.pid()), "--fsize=3000000:"));
    assertThat(limited.exitCode()).as(limited.err()).isZero();
    Said said = product.reprise(work, "job", "run", "n", "--wait", "--json", "-p", "size=5000000");
    JsonNode firing = said.json();
    assertThat(firing.path("status").asText()).as(said.out()).isEqualTo("FAILED");
    assertThat(firing.path("why").asText()).contains("File too large");
    product.run(
        work, List.of("prlimit", "--pid", String.valueOf(product.pid()), "--fsize=unlimited:"));
    String id = firing.path("firing").asText();
    Said repaired = product.reprise(work, "job", "repair", id, "--wait");
    assertThat(repaired.exitCode()).as(repaired.out() + repaired.err()).isZero();
  }
}
