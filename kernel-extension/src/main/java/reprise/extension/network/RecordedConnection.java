package reprise.extension.network;

import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.net.URL;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.HttpsURLConnection;
import org.jspecify.annotations.Nullable;
import reprise.extension.network.Answers.Answer;
import reprise.ledger.Digest;
import reprise.ledger.Reply;
import reprise.ledger.Reply.Header;

/**
 * A connection that goes nowhere: what it has to say was recorded. It behaves as the JDK's own;
 * http and https are one class here, since only https has one that programs ask for by name.
 */
final class RecordedConnection extends HttpsURLConnection {
  private final Answers answers;
  private final String asked;
  private @Nullable Answer answer;
  private @Nullable IOException unanswered;
  private @Nullable ByteArrayOutputStream sent;
  private @Nullable InputStream body;

  RecordedConnection(URL url, Answers answers) {
    super(url);
    this.answers = answers;
    this.asked = url.toString();
  }

  @Override
  public synchronized void connect() throws IOException {
    if (!connected) {
      if (answer == null) {
        answer = answers.failure(asked);
      }
      throwFailure();
      connected = true;
    }
  }

  private void throwFailure() throws IOException {
    Throwable failure = answer == null ? null : answer.failure();
    if (failure != null) {
      throw exception(failure);
    }
  }

  private static IOException exception(Throwable failure) {
    if (failure instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    return failure instanceof IOException checked ? checked : new IOException(failure);
  }

  private synchronized Answer answer() throws IOException {
    if (unanswered != null) {
      throw unanswered;
    }
    Answer known = answer == null ? ask() : answer;
    answer = known;
    throwFailure();
    return known;
  }

  private Answer ask() throws IOException {
    try {
      Digest body = sent == null ? null : Digest.of(sent.toByteArray());
      Answer got = answers.to(method, asked, body);
      connected = true;
      String from = got.reply().from();
      if (from != null) {
        url = new URL(from);
      }
      return got;
    } catch (IOException e) {
      unanswered = e;
      throw e;
    }
  }

  @Override
  public synchronized OutputStream getOutputStream() throws IOException {
    if (!doOutput) {
      throw new ProtocolException(
          "cannot write to a URLConnection if doOutput=false - call setDoOutput(true)");
    }
    if (method.equals("GET")) {
      method = "POST";
    }
    connect();
    ByteArrayOutputStream written = sent == null ? new ByteArrayOutputStream() : sent;
    sent = written;
    return written;
  }

  @Override
  public synchronized InputStream getInputStream() throws IOException {
    if (!doInput) {
      throw new ProtocolException(
          "Cannot read from URLConnection if doInput=false (call setDoInput(true))");
    }
    Answer got = answer();
    Throwable end = got.end();
    if (isError(got)) {
      throw end == null ? new FileNotFoundException(asked) : exception(end);
    }
    return body(got, end == null ? null : exception(end));
  }

  @Override
  public synchronized @Nullable InputStream getErrorStream() {
    Answer got = answer;
    try {
      return got == null || !isError(got) ? null : body(got, null);
    } catch (IOException e) {
      return null;
    }
  }

  private static boolean isError(Answer got) {
    Integer status = got.reply().status();
    return status != null && status >= HTTP_BAD_REQUEST;
  }

  private InputStream body(Answer got, @Nullable IOException end) throws IOException {
    InputStream there = body;
    if (there == null) {
      IOException beyond = end == null && got.isPartial() ? got.beyond() : end;
      there = new RecordedBody(answers.body(got), beyond);
      body = there;
    }
    return there;
  }

  /** The lines of the reply's head; the first is the status line and has no name. */
  private List<Map.Entry<String, String>> head() {
    List<Map.Entry<String, String>> lines = new ArrayList<>();
    try {
      Reply reply = answer().reply();
      lines.add(Map.entry("", statusLine(reply)));
      for (Header header : reply.headers()) {
        lines.add(Map.entry(header.name(), header.value()));
      }
    } catch (IOException e) {
      // whoever reads is told; whoever asks for a header gets none, as ever
    }
    return lines;
  }

  private static String statusLine(Reply reply) {
    String version = reply.version() == null ? "HTTP_1_1" : reply.version();
    String digits = version.substring("HTTP_".length()).replace('_', '.');
    return "HTTP/%s %d %s"
        .formatted(
            digits.equals("2") ? "1.1" : digits,
            reply.status(),
            reply.reason() == null ? "" : reply.reason())
        .strip();
  }

  @Override
  public @Nullable String getHeaderField(int place) {
    List<Map.Entry<String, String>> lines = head();
    return place < lines.size() ? lines.get(place).getValue() : null;
  }

  @Override
  public @Nullable String getHeaderFieldKey(int place) {
    List<Map.Entry<String, String>> lines = head();
    return place > 0 && place < lines.size() ? lines.get(place).getKey() : null;
  }

  @Override
  public @Nullable String getHeaderField(@Nullable String name) {
    String last = null;
    for (Map.Entry<String, String> line : head()) {
      if (line.getKey().equalsIgnoreCase(name == null ? "" : name)) {
        last = line.getValue();
      }
    }
    return last;
  }

  @Override
  public Map<String, List<String>> getHeaderFields() {
    Map<String, List<String>> fields = new HashMap<>();
    for (Map.Entry<String, String> line : head()) {
      String name = line.getKey().isEmpty() ? null : line.getKey();
      fields.computeIfAbsent(name, n -> new ArrayList<>()).add(0, line.getValue());
    }
    fields.replaceAll((name, values) -> Collections.unmodifiableList(values));
    return Collections.unmodifiableMap(fields);
  }

  @Override
  public void disconnect() {}

  @Override
  public boolean usingProxy() {
    return false;
  }

  @Override
  public String getCipherSuite() {
    throw new IllegalStateException("The reply comes from a record, so no cipher was agreed on.");
  }

  @Override
  public Certificate @Nullable [] getLocalCertificates() {
    return null;
  }

  @Override
  public Certificate[] getServerCertificates() {
    return new Certificate[0];
  }

  /** As the JDK's own call themselves. */
  @Override
  public String toString() {
    String own =
        url.getProtocol().equals("https")
            ? "sun.net.www.protocol.https.DelegateHttpsURLConnection"
            : "sun.net.www.protocol.http.HttpURLConnection";
    return own + ":" + url;
  }
}
