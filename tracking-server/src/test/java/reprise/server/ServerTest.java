package reprise.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import reprise.ledger.Home;
import reprise.ledger.RunEvent;
import reprise.ledger.Wire;

/**
 * A test with a server of its own: a home in a temporary folder, a free port, a clock to set, and a
 * database of the kind that {@code reprise.test.database} names, SQLite unless it does.
 */
abstract class ServerTest {
  static final String TOKEN = "open-sesame";

  final HttpClient client = HttpClient.newHttpClient();
  @TempDir Path folder;
  TrackingServer server;
  private @Nullable String database;
  volatile Instant now = Recording.BEGINNING;

  @BeforeEach
  void startServer() {
    server = start(settings());
  }

  @AfterEach
  void closeServer() {
    server.close();
  }

  TrackingServer start(Settings settings) {
    InstantSource clock = () -> now;
    return TrackingServer.start(settings, clock);
  }

  /** May be overridden. */
  @Nullable String replayCommand() {
    return null;
  }

  /** May be overridden. */
  @Nullable Duration verifyAfter() {
    return null;
  }

  /** The same each time that a test asks for it. */
  String database() {
    if (database == null) {
      database = TestDatabase.in(folder);
    }
    return database;
  }

  Settings settings() {
    return new Settings(
        "127.0.0.1",
        0,
        new Home(folder),
        database(),
        folder.resolve("server"),
        folder.resolve("kept"),
        replayCommand(),
        verifyAfter(),
        2,
        environment());
  }

  /** The server's; may be overridden. */
  protected Map<String, String> environment() {
    return Map.of("REPRISE_TOKEN", TOKEN);
  }

  URI at(String path) {
    return URI.create(server.url() + path);
  }

  /** The lines of what is told from now on. */
  final Iterator<String> watch(String query) throws Exception {
    Iterator<String> iterator =
        client.send(request("/api/live" + query).build(), BodyHandlers.ofLines()).body().iterator();
    assertThat(iterator.next()).isEqualTo(": watching"); // from here on nothing is missed
    assertThat(iterator.next()).isEmpty();
    return iterator;
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(at(path)).header("Authorization", "Bearer " + TOKEN);
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path));
  }

  <T> T get(String path, Class<T> type) throws IOException, InterruptedException {
    HttpResponse<String> answer = get(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Wire.read(answer.body(), type);
  }

  HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
    return send(request(path).POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  HttpResponse<String> post(Recording recording, List<RunEvent> batch)
      throws IOException, InterruptedException {
    return post(
        "/api/sessions/" + recording.session + "/events",
        Wire.write(batch.toArray(RunEvent[]::new)));
  }

  HttpResponse<String> post(Recording recording) throws IOException, InterruptedException {
    HttpResponse<String> answer = post(recording, recording.events);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer;
  }

  static byte[] head(String method, String path, long length) {
    return """
        %s %s HTTP/1.1\r
        Host: 127.0.0.1\r
        Authorization: Bearer %s\r
        Content-Length: %d\r
        \r
        """
        .formatted(method, path, TOKEN, length)
        .getBytes(UTF_8);
  }

  /** How the answer begins that the server gives before it has got any of the body. */
  String answerToHead(String method, String path, long length) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.url().getPort())) {
      socket.getOutputStream().write(head(method, path, length));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readNBytes(200), UTF_8);
    }
  }

  static String title(HttpResponse<String> problem) throws IOException {
    JsonNode body = Wire.JSON.readTree(problem.body());
    assertThat(body.get("status").asInt()).isEqualTo(problem.statusCode());
    return body.get("title").asText();
  }

  HttpResponse<String> send(String method, String path, @Nullable Object body) throws Exception {
    return send(
        request(path)
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(Wire.write(body))));
  }

  <T> T ask(String method, String path, @Nullable Object body, Class<T> type) throws Exception {
    HttpResponse<String> answer = send(method, path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Wire.read(answer.body(), type);
  }

  /** With which messages to a trigger are signed. */
  String secret(long trigger) throws Exception {
    String hook = get("/api/triggers/" + trigger + "/hook").body();
    return Wire.JSON.readTree(hook).path("secret").asText();
  }

  /** Sends a trigger a message that says it is of {@code at}. */
  HttpResponse<String> message(
      long trigger, Instant at, String delivery, String body, String secret) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
    String timestamp = String.valueOf(at.getEpochSecond());
    byte[] signed = (timestamp + "." + delivery + "." + body).getBytes(UTF_8);
    return client.send(
        HttpRequest.newBuilder(at("/hooks/" + trigger))
            .header("X-Reprise-Timestamp", timestamp)
            .header("X-Reprise-Delivery", delivery)
            .header(
                "X-Reprise-Signature", "sha256=" + HexFormat.of().formatHex(mac.doFinal(signed)))
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  /** How many firings there are, of all jobs. */
  int firings() {
    return server
        .jdbi()
        .withHandle(it -> it.createQuery("SELECT count(*) FROM firing").mapTo(Integer.class).one());
  }
}
