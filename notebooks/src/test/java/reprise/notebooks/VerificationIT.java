package reprise.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server with real kernels and real replays, which verifies what was run while it is quiet. */
@Timeout(180)
@Tag("any-jdk")
@Tag("long")
class VerificationIT {
  private static final Duration LONGEST = Duration.ofMinutes(2);

  @TempDir Path folder;
  private Path work;
  private Product product;

  @BeforeEach
  void serve() throws Exception {
    work = Files.createDirectories(folder.resolve("work"));
    product = new Product(folder.resolve("home")).serve(0, "1");
  }

  @AfterEach
  void close() {
    product.close();
  }

  @Test
  void verify_runsOfAPerson_haveTheirVerdictsAndCausesWithoutAWord() throws Exception {
    String steady = run("steady", "var dice = new java.util.Random();", "dice.nextInt()");
    String fickle =
        run("fickle", "1 + 1", "System.getProperty(\"java.home\") + ProcessHandle.current().pid()");
    String outward = run("outward", "new ProcessBuilder(\"true\").start().waitFor()");
    assertThat(settled(steady).path("verdict").asText()).isEqualTo("IDENTICAL");
    JsonNode diverged = settled(fickle);
    assertThat(diverged.path("verdict").asText()).isEqualTo("DIVERGED");
    assertThat(diverged.path("divergedAt").asInt()).isEqualTo(2);
    assertThat(product.reprise(work, "show", fickle).exitCode()).isZero();
    JsonNode untouched = settled(outward);
    assertThat(untouched.has("verdict")).isFalse();
    assertThat(untouched.path("verification").path("why").asText())
        .contains("step 1 starts other programs");
  }

  private String run(String name, String... cells) throws Exception {
    Path notebook = Notebooks.write(work.resolve(name + ".ipynb"), cells);
    return product.reprise(work, "run", notebook.toString(), "--json").json().path("run").asText();
  }

  /** The run as one among many, once the server is done with it. */
  private JsonNode settled(String run) throws Exception {
    long end = System.nanoTime() + LONGEST.toNanos();
    while (System.nanoTime() < end) {
      for (JsonNode each : product.reprise(work, "runs", "--json").json()) {
        String stage = each.path("verification").path("stage").asText();
        if (each.path("run").asText().equals(run)
            && !stage.equals("WAITING")
            && !stage.equals("AT_WORK")) {
          return each;
        }
      }
      Thread.sleep(1000);
    }
    throw new AssertionError(run + " was not verified in " + LONGEST);
  }
}
