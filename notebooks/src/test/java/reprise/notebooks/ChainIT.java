package reprise.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reprise.notebooks.Product.Said;

/** Jobs become a larger graph: one begins when another is done, and reads what that made. */
@Timeout(240)
@Tag("any-jdk")
class ChainIT extends WithProduct {
  private void promoted(String job, String run, String... options) throws Exception {
    Said said =
        product.reprise(
            work,
            Stream.concat(
                    Stream.of("promote", run, "--name", job, "--unverified", "a test"),
                    Stream.of(options))
                .toArray(String[]::new));
    assertThat(said.exitCode()).as(said.err()).isZero();
  }

  private JsonNode history(String job) throws Exception {
    return product.reprise(work, "job", "history", job, "--json").json();
  }

  @Test
  void run_afterAnotherJob_readsWhatThatMadeJustNow() throws Exception {
    String write = "java.nio.file.Files.writeString(java.nio.file.Path.of(\"out.txt\"), text)";
    promoted("prices", ran("String text = \"first\";", write + ".toString()"));
    product.reprise(work, "job", "run", "prices", "--wait");
    Path latest = product.home().server().resolve("jobs/prices/latest");
    String reader =
        ran(
            "java.nio.file.Files.readString(java.nio.file.Path.of(\"%s\"))"
                .formatted(latest.resolve("out.txt")));
    promoted("report", reader, "--live", latest.toString(), "--after", "prices", "--no-alerts");
    assertThat(history("report")).isEmpty();
    product.reprise(work, "job", "run", "prices", "--wait", "-p", "text=second");
    JsonNode history = history("report");
    while (history.isEmpty() || history.get(0).path("status").asText().equals("RUNNING")) {
      Thread.sleep(200);
      history = history("report");
    }
    JsonNode firing = history.get(0);
    assertThat(firing.path("status").asText()).as(history.toString()).isEqualTo("SUCCEEDED");
    assertThat(firing.path("cause").asText()).startsWith("after firing 2 of prices");
    String run = firing.path("attempts").get(0).path("run").asText();
    assertThat(product.reprise(work, "show", run).out()).contains("second");
  }
}
