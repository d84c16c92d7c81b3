package reprise.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reprise.ledger.Attempt;
import reprise.ledger.Firing;
import reprise.ledger.FiringStatus;
import reprise.ledger.JobPolicy.CatchUp;
import reprise.ledger.JobPolicy.Overlap;
import reprise.ledger.JobPolicy.WhilePaused;
import reprise.ledger.Outcome;
import reprise.server.trace.Traces;

/** The traces of attempts as a collector gets them, a real HTTP server that reads OTLP. */
@Timeout(60)
class TracesTest extends JobTest {
  private final BlockingQueue<ExportTraceServiceRequest> taken = new LinkedBlockingQueue<>();
  private final CountDownLatch woken = new CountDownLatch(1);
  private volatile boolean sleeps;
  private final HttpServer collector =
      HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);

  TracesTest() throws IOException {
    collector.setExecutor(Executors.newCachedThreadPool());
    collector.createContext(
        "/v1/traces",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          if (sleeps) {
            awaitMorning();
          }
          if ("yes".equals(exchange.getRequestHeaders().getFirst("let-in"))) {
            taken.add(ExportTraceServiceRequest.parseFrom(body));
            exchange.sendResponseHeaders(200, -1);
          } else {
            exchange.sendResponseHeaders(401, -1);
          }
          exchange.close();
        });
    collector.start();
  }

  private void awaitMorning() {
    try {
      woken.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @AfterEach
  void stopCollector() {
    woken.countDown();
    collector.stop(0);
  }

  private Map<String, String> collected() {
    return Map.of(
        "OTEL_EXPORTER_OTLP_ENDPOINT",
        "http://127.0.0.1:" + collector.getAddress().getPort(),
        "OTEL_EXPORTER_OTLP_HEADERS",
        "x-team=a%20b,let-in=yes",
        "OTEL_SERVICE_NAME",
        "our-jobs");
  }

  @Override
  protected Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(super.environment());
    environment.putAll(collected());
    return environment;
  }

  private record Trace(List<Span> spans) {
    Span span(String name) {
      return spans.stream().filter(it -> it.getName().equals(name)).findFirst().orElseThrow();
    }

    List<String> names() {
      return spans.stream().map(Span::getName).toList();
    }
  }

  /** The next that the collector gets. */
  private Trace trace() throws InterruptedException {
    ExportTraceServiceRequest request = taken.poll(20, TimeUnit.SECONDS);
    assertThat(request).isNotNull();
    if (request == null) {
      throw new AssertionError();
    }
    assertThat(text(request.getResourceSpans(0).getResource().getAttributesList()))
        .containsEntry("service.name", "our-jobs");
    List<Span> spans = request.getResourceSpans(0).getScopeSpans(0).getSpansList();
    assertThat(spans.stream().map(Span::getTraceId).distinct()).hasSize(1);
    return new Trace(spans);
  }

  private static Map<String, String> text(List<KeyValue> attributes) {
    return attributes.stream()
        .collect(Collectors.toMap(KeyValue::getKey, it -> text(it.getValue())));
  }

  private static Map<String, String> text(Span span) {
    return text(span.getAttributesList());
  }

  private static String text(AnyValue value) {
    return value.hasIntValue() ? String.valueOf(value.getIntValue()) : value.getStringValue();
  }

  private static Instant start(Span span) {
    return Instant.ofEpochSecond(0, span.getStartTimeUnixNano());
  }

  private static Duration took(Span span) {
    return Duration.ofNanos(span.getEndTimeUnixNano() - span.getStartTimeUnixNano());
  }

  private static boolean isIn(Span child, Span parent) {
    return child.getParentSpanId().equals(parent.getSpanId());
  }

  /** Has the server take in a run of two steps, the second of which fails. */
  private void recordAnAttempt(String run) throws Exception {
    post(
        new Recording(run.replace("r-", "s-"))
            .open(run)
            .cell("read();\nmore();")
            .start("fit()")
            .end(
                new Outcome.Failed("java.lang.IllegalStateException", "no data"),
                List.of(),
                List.of(),
                List.of())
            .finish());
  }

  private static String successOf(String more) {
    return SUCCESS.replace("\\\"timedOut\\\"", more + "\\\"timedOut\\\"");
  }

  @Test
  void attempt_thatSucceeded_isATraceOfItsWaitAndItsSteps() throws Exception {
    promote();
    recordAnAttempt("r-9");
    reproducer(successOf("\\\"run\\\":\\\"r-9\\\",\\\"verdict\\\":\\\"IDENTICAL\\\","));
    Firing firing = ended(runNow(Map.of()).firing());
    Attempt attempt = firing.attempts().get(0);

    Trace trace = trace();
    assertThat(trace.names()).containsExactlyInAnyOrder("daily", "waiting", "step 1", "step 2");
    Span root = trace.span("daily");
    assertThat(root.getParentSpanId().isEmpty()).isTrue();
    assertThat(text(root))
        .containsEntry("reprise.job", "daily")
        .containsEntry("reprise.version", "1")
        .containsEntry("reprise.firing", String.valueOf(firing.firing()))
        .containsEntry("reprise.attempt", attempt.attempt().value())
        .containsEntry("reprise.number", "1")
        .containsEntry("reprise.cause", "by hand")
        .containsEntry("reprise.run", "r-9")
        .containsEntry("reprise.status", "succeeded")
        .containsEntry("reprise.verdict", "IDENTICAL");
    assertThat(root.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_UNSET);
    assertThat(start(root)).isEqualTo(firing.createdAt());
    assertThat(trace.spans()).filteredOn(it -> isIn(it, root)).hasSize(3);

    Span second = trace.span("step 2");
    assertThat(start(second)).isEqualTo(Recording.BEGINNING.plusMillis(50));
    assertThat(took(second)).isEqualTo(Duration.ofMillis(7));
    assertThat(second.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
    assertThat(second.getStatus().getMessage()).isEqualTo("no data");
    assertThat(text(second))
        .containsEntry("exception.type", "java.lang.IllegalStateException")
        .containsEntry("reprise.code", "fit()");
    assertThat(text(trace.span("step 1"))).containsEntry("reprise.code", "read();");
    assertThat(trace.span("step 1").getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_UNSET);
  }

  @Test
  void attempts_thatFail_areTracesOfTheirOwnThatSayWhy() throws Exception {
    promote();
    reproducer(FAILURE);
    policy(policy(1, Overlap.QUEUE, CatchUp.LATEST, WhilePaused.DROP, 2));
    Firing firing = ended(runNow(Map.of()).firing());
    assertThat(firing.status()).isEqualTo(FiringStatus.FAILED);
    for (String number : List.of("1", "2")) {
      Span root = trace().span("daily");
      assertThat(text(root)).containsEntry("reprise.number", number);
      assertThat(text(root)).containsEntry("reprise.status", "failed");
      assertThat(root.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
      assertThat(root.getStatus().getMessage()).contains("no such table");
    }
  }

  @Test
  void waiting_behindAnother_isAsLongAsItWas() throws Exception {
    promote();
    reproducer("while [ ! -e \"$REPRISE_HOME/go\" ]; do sleep 0.05; done\n" + SUCCESS);
    long first = runNow(Map.of()).firing();
    long second = runNow(Map.of()).firing();
    now = now.plusSeconds(30);
    Files.createFile(folder.resolve("go"));
    ended(first);
    ended(second);
    trace();
    assertThat(took(trace().span("waiting"))).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void stages_ofAnAttempt_haveTheirStepsUnlessAnotherExecutedThem() throws Exception {
    promote();
    recordAnAttempt("r-9");
    recordAnAttempt("r-8");
    String stage =
        "{\\\"stage\\\":%s,\\\"status\\\":\\\"%s\\\",\\\"attempt\\\":\\\"%s\\\",\\\"run\\\":\\\"%s\\\",\\\"millis\\\":80,\\\"files\\\":[]}";
    reproducer(
        successOf(
            "\\\"stages\\\":["
                + stage.formatted("1", "SKIPPED", "a-earlier", "r-8")
                + ","
                + stage.formatted("2", "SUCCEEDED", "$(cat \"$2/id\")", "r-9")
                + "],"));
    assertThat(ended(runNow(Map.of()).firing()).status()).isEqualTo(FiringStatus.SUCCEEDED);
    Trace trace = trace();
    assertThat(trace.names())
        .containsExactlyInAnyOrder("daily", "waiting", "stage 1", "stage 2", "step 1", "step 2");
    assertThat(text(trace.span("stage 1")))
        .containsEntry("reprise.status", "skipped")
        .containsEntry("reprise.attempt", "a-earlier");
    assertThat(took(trace.span("stage 1"))).isZero();
    assertThat(took(trace.span("stage 2"))).isEqualTo(Duration.ofMillis(80));
    assertThat(isIn(trace.span("stage 2"), trace.span("daily"))).isTrue();
    assertThat(isIn(trace.span("step 1"), trace.span("stage 2"))).isTrue();
  }

  @Test
  void collector_thatNeverAnswers_holdsNoAttemptUp() throws Exception {
    sleeps = true;
    promote();
    long began = System.nanoTime();
    for (int i = 0; i < 3; i++) {
      assertThat(ended(runNow(Map.of()).firing()).status()).isEqualTo(FiringStatus.SUCCEEDED);
    }
    // One export alone would be waited for ten seconds.
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(9));
    assertThat(taken).isEmpty();
  }

  @Test
  void queue_fuller_thanItMayBe_dropsTheRestAndSaysSoOnce() throws Exception {
    sleeps = true;
    promote();
    Firing firing = ended(runNow(Map.of()).firing());
    PrintStream before = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    try (Traces traces = new Traces(server.jdbi(), collected())) {
      traces.start();
      for (int i = 0; i < 1500; i++) {
        traces.hear(firing, firing.attempts().get(0));
      }
    } finally {
      System.setErr(before);
    }
    assertThat(said.toString(StandardCharsets.UTF_8).lines())
        .filteredOn(it -> it.contains("their traces are left out"))
        .hasSize(1);
  }

  @Test
  void start_withAnAddressThatIsNone_isRefusedWithASentence() {
    assertThatThrownBy(
            () ->
                new Traces(server.jdbi(), Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4317")))
        .hasMessage(
            "traces cannot be sent to 'collector:4317/v1/traces'; give OTEL_EXPORTER_OTLP_ENDPOINT"
                + " an address such as http://127.0.0.1:4318");
  }
}
