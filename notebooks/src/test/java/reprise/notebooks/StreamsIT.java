package reprise.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ServerSocket;
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
import reprise.notebooks.Product.Said;

/** Jobs started by messages, in the product as it is installed. */
@Timeout(240)
@Tag("any-jdk")
@Tag("redis")
class StreamsIT {
  private static final String REPORT =
      """
      String name = "monday";
      java.nio.file.Files.writeString(java.nio.file.Path.of("out", "report.txt"), "for " + name)
      """;

  @TempDir Path folder;
  private Path work;
  private Product product;
  private Process redis;
  private String port;

  @BeforeEach
  void serve() throws Exception {
    work = Files.createDirectories(folder.resolve("work"));
    Files.createDirectories(work.resolve("out"));
    try (ServerSocket free = new ServerSocket(0)) {
      port = String.valueOf(free.getLocalPort());
    }
    redis =
        new ProcessBuilder("redis-server", "--port", port, "--bind", "127.0.0.1", "--save", "")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("redis.log").toFile())
            .start();
    String log = "-Xlog:class+load:file=" + folder.resolve("classes-%p.log");
    product = new Product(folder.resolve("home")).with("REPRISE_SERVER_OPTIONS", log).serve(0);
    product.variables().remove("REPRISE_SERVER_OPTIONS");
  }

  @AfterEach
  void close() {
    product.close();
    redis.destroyForcibly();
  }

  private Said said(String... words) throws Exception {
    Said said = product.reprise(work, words);
    assertThat(said.exitCode()).as(said.err() + said.out()).isZero();
    return said;
  }

  private void message(String name) throws Exception {
    String body = "{\"parameters\":{\"name\":\"%s\"}}".formatted(name);
    Said said =
        product.run(work, List.of("redis-cli", "-p", port, "XADD", "orders", "*", "body", body));
    assertThat(said.exitCode()).as(said.err()).isZero();
  }

  private JsonNode trigger() throws Exception {
    return said("job", "show", "report", "--json").json().path("triggers").get(0);
  }

  /** The classes of these packages that the first server has loaded. */
  private List<String> loaded(Path log, String packages) throws IOException {
    try (Stream<String> lines = Files.lines(log)) {
      return lines.filter(it -> it.contains(packages)).toList();
    }
  }

  @Test
  void messages_debouncedWhenTheServerIsKilled_startTheJobOnceAfterwards() throws Exception {
    Path log;
    try (Stream<Path> logs = Files.list(folder)) {
      log = logs.filter(it -> it.toString().contains("classes-")).findFirst().orElseThrow();
    }
    Path notebook = Notebooks.write(work.resolve("report.ipynb"), REPORT);
    String run = said("run", notebook.toString(), "--json").json().path("run").asText();
    said("promote", run, "--name", "report", "--unverified", "a test", "--no-alerts");
    assertThat(loaded(log, "reprise.server.job.Streams "))
        .singleElement()
        .asString()
        .endsWith("shared objects file"); // which the server starts sooner by
    assertThat(loaded(log, "redis.clients.")).isEmpty();
    assertThat(loaded(log, "reprise.stream.")).isEmpty();
    String url = "redis://127.0.0.1:" + port;
    said("job", "schedule", "report", "--redis", url, "--stream", "orders", "--debounce", "4s");
    assertThat(loaded(log, "redis.clients.jedis.Jedis "))
        .singleElement()
        .asString()
        .contains("lib/streams/redis/jedis-");
    assertThat(loaded(log, "org.apache.kafka.")).isEmpty();
    message("tuesday");
    message("wednesday");
    while (!trigger().hasNonNull("next")) {
      Thread.sleep(50);
    }
    product.killServerAlone();
    product.serve(product.port());
    JsonNode history = new NotebookJob(product, work, "report").firings();
    while (!history.path(0).path("status").asText().equals("SUCCEEDED")) {
      Thread.sleep(300);
      history = new NotebookJob(product, work, "report").firings();
    }
    assertThat(history).hasSize(1);
    assertThat(history.get(0).path("cause").asText()).endsWith("the last of 2 events");
    assertThat(product.home().server().resolve("jobs/report/latest/out/report.txt"))
        .hasContent("for wednesday");
    assertThat(said("job", "show", "report").out())
        .contains("stream orders of Redis at " + url + ", as reprise-report, after 4 s of quiet");
  }

  @Test
  void schedule_byAKafkaThatIsNotThere_isRefusedInOneSentence() throws Exception {
    Path notebook = Notebooks.write(work.resolve("report.ipynb"), REPORT);
    String run = said("run", notebook.toString(), "--json").json().path("run").asText();
    said("promote", run, "--name", "report", "--unverified", "a test", "--no-alerts");
    Said refused =
        product.reprise(
            work, "job", "schedule", "report", "--kafka", "127.0.0.1:1", "--topic", "orders");
    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(refused.err()).contains("Kafka at 127.0.0.1:1 does not answer").hasLineCount(1);
    Said half = product.reprise(work, "job", "schedule", "report", "--kafka", "127.0.0.1:1");
    assertThat(half.exitCode()).isEqualTo(2);
    assertThat(half.err()).contains("--topic");
  }
}
