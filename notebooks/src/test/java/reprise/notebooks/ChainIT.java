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
    return new NotebookJob(product, work, job).firings();
  }

  @Test
  @Tag("long")
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

  @Test
  void run_afterAnotherJobThatHasGoneOn_readsTheFilesOfTheAttemptItFollows() throws Exception {
    String write = "java.nio.file.Files.writeString(java.nio.file.Path.of(\"rate.txt\"), text)";
    promoted("rates", ran("String text = \"before\";", write + ".toString()"));
    product.reprise(work, "job", "run", "rates", "--wait");
    Path latest = product.home().server().resolve("jobs/rates/latest");
    String reader =
        ran(
            "String folder = \"%s\";".formatted(latest),
            "java.nio.file.Files.readString(java.nio.file.Path.of(folder, \"rate.txt\"))");
    promoted("bill", reader, "--after", "rates", "--files-to", "folder", "--no-alerts");
    assertThat(product.reprise(work, "job", "show", "bill").out())
        .contains("after job rates (success), its files to folder");
    product.reprise(work, "job", "set", "bill", "--while-paused", "KEEP");
    product.reprise(work, "job", "pause", "bill");
    JsonNode followed =
        product
            .reprise(work, "job", "run", "rates", "--wait", "--json", "-p", "text=followed")
            .json();
    product.reprise(work, "job", "run", "rates", "--wait", "-p", "text=later");
    assertThat(latest.resolve("rate.txt")).hasContent("later");
    product.reprise(work, "job", "resume", "bill");
    JsonNode history = history("bill");
    while (history.size() < 2
        || history.findValuesAsText("status").contains("RUNNING")
        || history.findValuesAsText("status").contains("QUEUED")) {
      Thread.sleep(200);
      history = history("bill");
    }
    JsonNode firing = history.get(1);
    String attempt = followed.path("attempts").get(0).path("attempt").asText();
    Path files = product.home().server().resolve("attempts").resolve(attempt).resolve("artifacts");
    assertThat(firing.path("status").asText()).as(history.toString()).isEqualTo("SUCCEEDED");
    assertThat(firing.path("parameters").path("folder").asText()).isEqualTo(files.toString());
    String run = firing.path("attempts").get(0).path("run").asText();
    JsonNode shown = product.reprise(work, "show", run, "--json").json();
    assertThat(shown.toString()).contains("followed").doesNotContain("later");
    assertThat(shown.findValuesAsText("path")).contains(files.resolve("rate.txt").toString());
  }
}
