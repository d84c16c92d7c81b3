package reprise.extension.headless;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reprise.ledger.Data;
import reprise.ledger.Data.Direction;
import reprise.ledger.Outcome;
import reprise.ledger.Output;
import reprise.ledger.Run;
import reprise.ledger.Step;

/**
 * Every way to the web, each in a cell of its own: recorded from a server that never says the same
 * twice, replayed in another JVM when the server is gone.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NetworkMatrixTest {
  /** What each shows must be the same again; {@code requests} are recorded of it. */
  private enum Probe {
    URL_STREAM(1, "text(new URL(base + \"/text\").openStream())"),
    URL_TWICE(2, "text(url(\"/text\").openStream()) + text(url(\"/text\").openStream())"),
    URL_CONTENT(1, "text((InputStream) url(\"/text\").getContent())"),
    URL_SCANNER(1, "new Scanner(url(\"/text\").openStream()).nextLine()"),
    URL_LARGE(1, "Arrays.hashCode(url(\"/large\").openStream().readAllBytes())"),
    URL_CHUNKED(1, "text(url(\"/chunked\").openStream())"),
    URL_GZIP(1, "text(new java.util.zip.GZIPInputStream(url(\"/gzip\").openStream()))"),
    URL_BY_A_LIBRARY(1, "javax.imageio.ImageIO.read(url(\"/image\"))"),
    URL_BYTE_BY_BYTE(
        1, "var in = url(\"/text\").openStream(); in.skip(3); in.read() + \" \" + in.read()"),
    URL_ONLY_A_PART(
        1,
        "var in = url(\"/large\").openStream(); var part = in.readNBytes(9); in.close(); Arrays.toString(part)"),
    URL_MARKED(
        1,
        "var in = new BufferedInputStream(url(\"/text\").openStream()); in.mark(99);"
            + " in.readNBytes(3); in.reset(); text(in)"),
    URL_ON_ANOTHER_THREAD(
        1,
        "var found = new CompletableFuture<String>(); new Thread(() -> { try {"
            + " found.complete(text(url(\"/text\").openStream())); } catch (IOException e) {"
            + " found.completeExceptionally(e); } }).start(); found.get()"),
    CONNECTION_HEAD(
        1,
        "var c = url(\"/text\").openConnection(); List.of(c.getContentType(), c.getContentLength(),"
            + " c.getHeaderField(0), c.getHeaderField(\"x-length\"), c.getHeaderFields().get(null),"
            + " c.getHeaderFieldInt(\"X-Length\", 0), text(c.getInputStream()))"),
    CONNECTION_STATUS(
        1,
        "var c = http(\"/text\"); c.getResponseCode() + c.getResponseMessage() + c.getErrorStream()"
            + " + c.getRequestMethod()"),
    CONNECTION_HEAD_METHOD(
        1,
        "var c = http(\"/text\"); c.setRequestMethod(\"HEAD\"); c.getResponseCode()"
            + " + c.getHeaderField(\"X-Length\") + text(c.getInputStream())"),
    CONNECTION_CONNECTED_FIRST(
        1, "var c = http(\"/text\"); c.connect(); text(c.getInputStream()) + c"),
    CONNECTION_POST(
        1,
        "var c = http(\"/echo\"); c.setDoOutput(true);"
            + " c.getOutputStream().write(\"sent\".getBytes()); text(c.getInputStream())"
            + " + c.getRequestMethod()"),
    CONNECTION_POST_TWO_BODIES(2, "post(\"one\") + post(\"two\")"),
    CONNECTION_POST_STREAMED(
        1,
        "var c = http(\"/echo\"); c.setDoOutput(true); c.setChunkedStreamingMode(16); try (var out ="
            + " c.getOutputStream()) { out.write(\"streamed\".getBytes()); } text(c.getInputStream())"),
    CONNECTION_REDIRECTED(
        1,
        "var c = http(\"/redirect\"); text(c.getInputStream()) + c.getURL() + c.getResponseCode()"),
    CONNECTION_NOT_FOUND(
        1, "var c = http(\"/missing\"); c.getResponseCode() + text(c.getErrorStream())"),
    CONNECTION_NOT_FOUND_THROWN(1, "url(\"/missing\").openStream()"),
    CONNECTION_BROKEN_THROWN(1, "url(\"/broken\").openStream()"),
    CONNECTION_CUT(1, "text(url(\"/cut\").openStream())"),
    CONNECTION_TIMEOUT(1, "var c = http(\"/slow\"); c.setReadTimeout(300); c.getInputStream()"),
    CONNECTION_REFUSED(1, "new URL(\"http://127.0.0.1:1/nobody\").openStream()"),
    CONNECTION_REFUSED_WHEN_CONNECTING(
        1, "new URL(\"http://127.0.0.1:1/nobody\").openConnection().connect();"),
    CONNECTION_UNKNOWN_HOST(1, "new URL(\"http://nobody.invalid/\").openStream()"),
    CLIENT_STRING(1, "client.send(get(\"/text\"), ofString()).body()"),
    CLIENT_BYTES(1, "Arrays.hashCode(client.send(get(\"/large\"), ofByteArray()).body())"),
    CLIENT_LINES(1, "client.send(get(\"/chunked\"), ofLines()).body().toList()"),
    CLIENT_STREAM(1, "text(client.send(get(\"/large\"), ofInputStream()).body()).hashCode()"),
    CLIENT_STREAM_ONLY_A_PART(
        1,
        "var in = client.send(get(\"/large\"), ofInputStream()).body(); var part ="
            + " in.readNBytes(9); in.close(); Arrays.toString(part)"),
    CLIENT_FILE(
        1,
        "java.nio.file.Files.readString(client.send(get(\"/text\"),"
            + " ofFile(java.nio.file.Path.of(\"got.txt\"))).body())"),
    CLIENT_DISCARDING(1, "client.send(get(\"/text\"), discarding()).statusCode()"),
    CLIENT_REPLACING(1, "client.send(get(\"/text\"), replacing(\"other\")).body()"),
    CLIENT_CONSUMER(
        1,
        "var size = new AtomicLong(); client.send(get(\"/large\"), ofByteArrayConsumer(some ->"
            + " some.ifPresent(it -> size.addAndGet(it.length)))); size"),
    CLIENT_PUBLISHER(
        1,
        "var flow = client.send(get(\"/text\"), ofPublisher()).body(); var whole ="
            + " BodySubscribers.ofString(java.nio.charset.StandardCharsets.UTF_8);"
            + " flow.subscribe(whole); whole.getBody().toCompletableFuture().get()"),
    CLIENT_LINE_SUBSCRIBER(
        1,
        "client.send(get(\"/text\"), info -> BodySubscribers.mapping(BodySubscribers.ofString("
            + "java.nio.charset.StandardCharsets.UTF_8), it -> info.statusCode() + it)).body()"),
    CLIENT_HEAD(
        1,
        "var r = client.send(get(\"/text\"), ofString()); r + r.body() + r.uri() + r.version() +"
            + " r.headers().firstValue(\"X-Length\") + r.request().method()"),
    CLIENT_NOT_FOUND(
        1, "var r = client.send(get(\"/missing\"), ofString()); r.statusCode() + r.body()"),
    CLIENT_POST(
        1,
        "client.send(to(\"/echo\").POST(BodyPublishers.ofString(\"sent\")).build(),"
            + " ofString()).body()"),
    CLIENT_POST_TWO_BODIES(
        2,
        "client.send(to(\"/echo\").POST(BodyPublishers.ofString(\"a\")).build(), ofString()).body()"
            + " + client.send(to(\"/echo\").POST(BodyPublishers.ofString(\"b\")).build(),"
            + " ofString()).body()"),
    CLIENT_POST_NOTHING(
        1, "client.send(to(\"/echo\").POST(BodyPublishers.noBody()).build(), ofString()).body()"),
    CLIENT_REDIRECTED(
        1,
        "var r = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build()"
            + ".send(get(\"/redirect\"), ofString()); r.body() + r.uri() + r.statusCode()"),
    CLIENT_NOT_REDIRECTED(
        1,
        "var r = client.send(get(\"/redirect\"), ofString()); r.statusCode() +"
            + " r.headers().firstValue(\"Location\").orElseThrow()"),
    CLIENT_REFUSED(
        1,
        "client.send(HttpRequest.newBuilder(URI.create(\"http://127.0.0.1:1/n\")).build(), ofString())"),
    CLIENT_TIMEOUT(
        1,
        "client.send(to(\"/slow\").timeout(java.time.Duration.ofMillis(300)).build(), ofString())"),
    CLIENT_CUT(1, "client.send(get(\"/cut\"), ofString())"),
    CLIENT_ASYNC(
        1, "client.sendAsync(get(\"/text\"), ofString()).thenApply(HttpResponse::body).get()"),
    CLIENT_ASYNC_CHAIN(
        2,
        "client.sendAsync(get(\"/text\"), ofString()).thenCompose(r ->"
            + " client.sendAsync(get(\"/chunked\"), ofString())).thenApply(HttpResponse::body).get()"),
    CLIENT_ASYNC_MANY(
        4,
        "var all = IntStream.range(0, 4).mapToObj(i -> client.sendAsync(get(\"/text?\" + i),"
            + " ofString())).toList(); all.stream().map(it -> it.join().body()).toList()"),
    CLIENT_ASYNC_REFUSED(
        1,
        "client.sendAsync(HttpRequest.newBuilder(URI.create(\"http://127.0.0.1:1/n\")).build(),"
            + " ofString()).handle((r, t) -> String.valueOf(t)).get()"),
    CLIENT_OF_ITS_OWN_THREADS(
        1,
        "var threads = Executors.newSingleThreadExecutor(); HttpClient.newBuilder()"
            + ".executor(threads).build().send(get(\"/text\"), ofString()).body()"),
    OWN_SERVER(
        0,
        "var own = com.sun.net.httpserver.HttpServer.create(new InetSocketAddress(\"127.0.0.1\", 0),"
            + " 0); own.createContext(\"/\", x -> { x.sendResponseHeaders(200, 2);"
            + " x.getResponseBody().write(\"ok\".getBytes()); x.close(); }); own.start(); var at ="
            + " \"http://127.0.0.1:\" + own.getAddress().getPort(); var said = text(new"
            + " URL(at).openStream()) + client.send(HttpRequest.newBuilder(URI.create(at)).build(),"
            + " ofString()).body(); own.stop(0); said"),
    A_FILE_IS_NO_REPLY(0, "text(new URL(\"jar:\" + zip() + \"!/x\").openStream())");

    private final int requests;
    private final String code;

    Probe(int requests, String code) {
      this.requests = requests;
      this.code = code;
    }
  }

  private static final List<String> BEGINNING =
      List.of(
          """
          import java.net.*;
          import java.net.http.*;
          import java.net.http.HttpRequest.BodyPublishers;
          import java.net.http.HttpResponse.BodySubscribers;
          import java.util.concurrent.atomic.*;
          import static java.net.http.HttpResponse.BodyHandlers.*;
          """,
          """
          HttpClient client = HttpClient.newHttpClient();
          String text(InputStream in) throws IOException { return new String(in.readAllBytes()); }
          URL url(String path) throws IOException { return new URL(base + path); }
          HttpURLConnection http(String path) throws IOException {
            return (HttpURLConnection) url(path).openConnection();
          }
          String post(String body) throws IOException {
            HttpURLConnection c = http("/echo");
            c.setDoOutput(true);
            c.getOutputStream().write(body.getBytes());
            return text(c.getInputStream());
          }
          HttpRequest.Builder to(String path) { return HttpRequest.newBuilder(URI.create(base + path)); }
          HttpRequest get(String path) { return to(path).build(); }
          URI zip() throws IOException {
            File file = File.createTempFile("some", ".zip");
            try (var zip = new java.util.zip.ZipOutputStream(new FileOutputStream(file))) {
              zip.putNextEntry(new java.util.zip.ZipEntry("x"));
              zip.write('x');
            }
            return file.toURI();
          }
          """);

  private Run recorded;
  private Run replayed;

  @BeforeAll
  void execute(@TempDir Path folder) throws Exception {
    RecordedJvm jvm = new RecordedJvm(folder);
    List<String> cells = new ArrayList<>();
    try (Web web = new Web()) {
      cells.add("String base = \"%s\";".formatted(web.url()));
      cells.addAll(BEGINNING);
      for (Probe probe : Probe.values()) {
        cells.add("// " + probe.name() + "\n" + probe.code);
      }
      recorded = jvm.run(cells.toArray(String[]::new));
    }
    replayed = jvm.replay(recorded);
  }

  @ParameterizedTest
  @EnumSource
  void replay_eachRequest_isTheSameWithTheServerGone(Probe probe) {
    Step before = step(recorded, probe);
    Step now = step(replayed, probe);
    assertThat(before.outputs()).as("%s", before.data()).isNotEmpty();
    assertThat(now.outputs()).as("%s\n%s", before.data(), now.data()).isEqualTo(before.outputs());
    assertThat(now.outcome()).isEqualTo(before.outcome());
    List<Data> replies = onTheWeb(before);
    assertThat(replies)
        .as("%s", replies)
        .hasSize(probe.requests)
        .allMatch(data -> data.direction() == Direction.RECEIVED);
    assertThat(onTheWeb(now)).extracting(Data::path).isEqualTo(paths(replies));
    assertThat(onTheWeb(now)).allMatch(data -> data.direction() == Direction.RECEIVED);
    if (!probe.name().contains("CUT") && before.outcome() instanceof Outcome.Failed) {
      assertThat(before.outputs().get(0)).isInstanceOf(Output.Traceback.class);
    }
  }

  private static List<String> paths(List<Data> all) {
    return all.stream().map(Data::path).toList();
  }

  private static List<Data> onTheWeb(Step step) {
    return step.data().stream().filter(data -> !data.path().startsWith("/")).toList();
  }

  private static Step step(Run run, Probe probe) {
    return run.history().stream()
        .filter(step -> step.source().startsWith("// " + probe.name() + "\n"))
        .findFirst()
        .orElseThrow();
  }
}
