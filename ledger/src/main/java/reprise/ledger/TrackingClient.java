package reprise.ledger;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** Speaks with a tracking server. May be used by several threads at once. */
public final class TrackingClient {
  private static final int INSUFFICIENT_STORAGE = 507;
  private static final String DEFAULT_URL = "http://127.0.0.1:7070";

  /** The server could not be reached; later it may be. */
  public static final class ServerAway extends IOException {
    private static final long serialVersionUID = 1L;

    ServerAway(URI server, IOException cause) {
      super(
          "No tracking server answers at "
              + server
              + "; start one with 'reprise server', or set REPRISE_URL.",
          cause);
    }
  }

  /** The server understood and said no; asking again will not help. */
  public static final class Refused extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;

    Refused(int status, String title) {
      super(title);
      this.status = status;
    }

    /** The HTTP status, e.g. 404. */
    public int status() {
      return status;
    }
  }

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final URI server;
  private final String token;
  private final Duration patience;
  private @Nullable HttpClient http;

  public TrackingClient(URI server, String token) {
    this(server, token, Duration.ZERO);
  }

  private TrackingClient(URI server, String token, Duration patience) {
    this.server = server;
    this.token = token;
    this.patience = patience;
  }

  /** The same, but for so long as this waits for a server at whose address nobody listens. */
  public TrackingClient waiting(Duration patience) {
    return new TrackingClient(server, token, patience);
  }

  /** The server that {@code REPRISE_URL}, {@code REPRISE_TOKEN} and the home point to. */
  public static TrackingClient of(Map<String, String> environment) {
    String url = environment.getOrDefault("REPRISE_URL", DEFAULT_URL).strip();
    try {
      URI server = URI.create(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
      return new TrackingClient(server, Home.of(environment).token(environment).orElse(""));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "REPRISE_URL is not a URL: '" + url + "'; one looks like " + DEFAULT_URL, e);
    }
  }

  public URI server() {
    return server;
  }

  public String token() {
    return token;
  }

  /** The page of a run, without the token. */
  public URI page(RunId run) {
    return server.resolve("/runs/" + run);
  }

  /**
   * Hands over journal lines as they are. An empty list tells the server that the session lives.
   *
   * @return the number of the event that the server expects next
   */
  public long take(SessionId session, List<String> lines) throws IOException {
    String body = "[" + String.join(",", lines) + "]";
    return send(
            "POST",
            "/api/sessions/" + session + "/events",
            BodyPublishers.ofString(body),
            Duration.ofSeconds(60))
        .path("next")
        .asLong();
  }

  /** Which of these blobs the server does not have. */
  public List<Digest> missing(Collection<Digest> digests) throws IOException {
    JsonNode answer =
        send(
            "POST",
            "/api/blobs/missing",
            BodyPublishers.ofString(Wire.write(digests)),
            Duration.ofSeconds(30));
    return List.of(Wire.JSON.treeToValue(answer, Digest[].class));
  }

  /**
   * Uploads a file as the bytes of {@code digest}.
   *
   * @throws Refused if they are others (422), or the server has no room (507)
   */
  public void keep(Digest digest, Path file) throws IOException {
    keep(digest, file.toString(), address -> FileUpload.put(address, token, file));
  }

  /**
   * Uploads {@code size} bytes of what {@code in} gives as the bytes of {@code digest}.
   *
   * @throws Refused as for a file
   */
  public void keep(Digest digest, InputStream in, long size) throws IOException {
    String name = digest.toString();
    keep(digest, name, address -> FileUpload.put(address, token, name, in, size));
  }

  @FunctionalInterface
  private interface Upload {
    FileUpload.Answer to(URI address) throws IOException;
  }

  private void keep(Digest digest, String name, Upload upload) throws IOException {
    FileUpload.Answer answer;
    try {
      answer = upload.to(server.resolve("/api/blobs/" + digest));
    } catch (FileUpload.FileGone e) {
      throw e;
    } catch (IOException e) {
      throw new ServerAway(server, e);
    }
    if (answer.status() >= 300 && answer.body() == null) {
      throw refusedUnread(answer.status(), digest, name);
    } else if (answer.body() != null && answer.status() >= 300) {
      throw refused(answer.status(), answer.body().getBytes(StandardCharsets.UTF_8));
    }
  }

  /** A refusal that came before the first byte says no more than its status. */
  private Refused refusedUnread(int status, Digest digest, String name) throws IOException {
    if (status == INSUFFICIENT_STORAGE) {
      return new Refused(
          status,
          "there is not enough room for %s where the tracking server keeps its blobs; free some"
                  .formatted(name)
              + " space there");
    }
    missing(List.of(digest)); // refused for the same reason, which is not the bytes, and in words
    return refused(status, new byte[0]);
  }

  /** The bytes of a blob, to be read to the end and closed. */
  public InputStream blob(Digest digest) throws IOException {
    FileDownload.Answer answer =
        patiently(() -> FileDownload.get(server.resolve("/api/blobs/" + digest), token));
    if (answer.status() >= 300) {
      try (InputStream problem = answer.body()) {
        throw refused(answer.status(), problem.readAllBytes());
      }
    }
    return answer.body();
  }

  /** Takes one event as its JSON. */
  @FunctionalInterface
  public interface EventLine {
    void take(String json) throws IOException;
  }

  /** Gives all events of a session in order, one at a time: a journal may not fit into memory. */
  public void events(SessionId session, EventLine each) throws IOException {
    HttpRequest request =
        request("/api/sessions/" + session + "/events", Duration.ofMinutes(30)).GET().build();
    HttpResponse<InputStream> response = exchange(request, BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      if (response.statusCode() >= 300) {
        throw refused(response.statusCode(), body.readAllBytes());
      }
      JsonParser parser = Wire.JSON.createParser(body);
      parser.nextToken();
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        each.take(Wire.write(parser.readValueAs(JsonNode.class)));
      }
    }
  }

  /**
   * Asks for {@code path}, e.g. {@code /api/runs/@latest}, and reads the answer as {@code type}.
   */
  public <T> T get(String path, Class<T> type) throws IOException {
    return Wire.JSON.treeToValue(
        send("GET", path, BodyPublishers.noBody(), Duration.ofSeconds(60)), type);
  }

  /**
   * Sends {@code body} and reads the answer as {@code type}; {@code Void} where none is expected.
   *
   * @param body null for nothing
   */
  public <T> T send(String method, String path, @Nullable Object body, Class<T> type)
      throws IOException {
    BodyPublisher bytes =
        body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(Wire.write(body));
    return Wire.JSON.treeToValue(send(method, path, bytes, Duration.ofSeconds(60)), type);
  }

  /** The run that an id, a unique prefix of one, or {@code @latest} names. */
  public Run run(String reference) throws IOException {
    return get("/api/runs/" + encoded(reference), Run.class);
  }

  public void post(Reproduction reproduction) throws IOException {
    post("/api/reproductions", reproduction);
  }

  public void post(Explanation explanation) throws IOException {
    post("/api/explanations", explanation);
  }

  private void post(String path, Object fact) throws IOException {
    send("POST", path, BodyPublishers.ofString(Wire.write(fact)), Duration.ofSeconds(60));
  }

  /** One path segment or query value, made safe for a URL. */
  public static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private JsonNode send(String method, String path, BodyPublisher body, Duration patience)
      throws IOException {
    HttpRequest request =
        request(path, patience)
            .header("Content-Type", "application/json")
            .method(method, body)
            .build();
    HttpResponse<byte[]> response = exchange(request, BodyHandlers.ofByteArray());
    if (response.statusCode() >= 300) {
      throw refused(response.statusCode(), response.body());
    }
    return Wire.JSON.readTree(response.body());
  }

  private HttpRequest.Builder request(String path, Duration patience) {
    return HttpRequest.newBuilder(server.resolve(path))
        .timeout(patience)
        .header("Authorization", "Bearer " + token);
  }

  private <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> handler)
      throws IOException {
    return patiently(() -> http().send(request, handler));
  }

  private interface Ask<T> {
    T ask() throws IOException, InterruptedException;
  }

  /** Asks again as long as it never got there, so that nothing is said twice. */
  private <T> T patiently(Ask<T> question) throws IOException {
    long began = System.nanoTime();
    try {
      while (true) {
        try {
          return question.ask();
        } catch (ConnectException e) {
          if (System.nanoTime() - began >= patience.toNanos()) {
            throw new ServerAway(server, e);
          }
          TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
        } catch (IOException e) {
          throw new ServerAway(server, e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while speaking with " + server);
    }
  }

  /** Made when it is first needed, for it takes a while, and a kernel's start is no time for it. */
  private synchronized HttpClient http() {
    HttpClient there = http;
    if (there != null) {
      return there;
    }
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Executors.newCachedThreadPool(TrackingClient::thread))
            .connectTimeout(Duration.ofSeconds(5));
    if ("http".equals(server.getScheme())) {
      builder.sslContext(trustingNobody());
    }
    there = builder.build();
    http = there;
    return there;
  }

  /** Named as ours, so that a file which it uploads does not count as read by a notebook's cell. */
  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "reprise-client");
    thread.setDaemon(true);
    return thread;
  }

  /** Else the client reads all of the JDK's certificates, also for a server that has none. */
  private static SSLContext trustingNobody() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[0], null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has TLS", e);
    }
  }

  private static Refused refused(int status, byte[] body) {
    try {
      JsonNode problem = Wire.JSON.readTree(body);
      if (problem.hasNonNull("title")) {
        return new Refused(status, problem.get("title").asText());
      }
    } catch (IOException e) {
      // not a Problem: something other than a tracking server answers there
    }
    return new Refused(status, "the tracking server answered with status " + status);
  }
}
