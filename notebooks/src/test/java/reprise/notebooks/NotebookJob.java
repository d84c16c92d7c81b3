package reprise.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.stream.Stream;
import reprise.notebooks.Product.Said;

/**
 * A notebook that becomes a job.
 *
 * @param work where the notebook lies
 * @param name the job's
 */
record NotebookJob(Product product, Path work, String name) {
  /** Runs a notebook of these cells; returns the run's id. */
  String recorded(String... cells) throws Exception {
    Path notebook = Notebooks.write(work.resolve("n.ipynb"), cells);
    Said run = product.reprise(work, "run", notebook.toString(), "--json");
    assertThat(run.exitCode()).as(run.err()).isZero();
    return run.json().path("run").asText();
  }

  /** Without the replay that proves the run: most tests are about what comes after. */
  Said promoted(String run, String... options) throws Exception {
    Said said = said(words("promote " + run + " --name " + name + " --unverified test", options));
    assertThat(said.exitCode()).as(said.err()).isZero();
    return said;
  }

  /** What it came to, said by the command that waits for it. */
  Said run(String... options) throws Exception {
    return said(words("job run " + name + " --wait --json", options));
  }

  /** Starts it, and does not wait. */
  JsonNode started(String... options) throws Exception {
    return said(words("job run " + name + " --json", options)).json();
  }

  void set(String... options) throws Exception {
    Said set = said(words("job set " + name, options));
    assertThat(set.exitCode()).as(set.err()).isZero();
  }

  Said said(String... words) throws Exception {
    return product.reprise(work, words);
  }

  static String[] words(String first, String... more) {
    return Stream.concat(Stream.of(first.split(" ")), Stream.of(more)).toArray(String[]::new);
  }

  /** Newest first. Whoever asks again and again asks the server: a command is a JVM each time. */
  JsonNode firings() throws Exception {
    return product.client().get("/api/jobs/%s/firings".formatted(name), JsonNode.class);
  }

  JsonNode newest() throws Exception {
    return firings().path(0);
  }

  /** The newest firing, when it is over. */
  JsonNode ended() throws Exception {
    JsonNode firing = newest();
    while (firing.path("status").asText().equals("RUNNING")) {
      Thread.sleep(100);
      firing = newest();
    }
    return firing;
  }

  /** A file as the last success left it. */
  Path latest(String file) {
    return product.home().server().resolve("jobs").resolve(name).resolve("latest").resolve(file);
  }
}
