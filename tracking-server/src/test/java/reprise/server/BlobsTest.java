package reprise.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import reprise.ledger.Digest;
import reprise.ledger.Wire;

/** Bytes by their digest, over HTTP. */
class BlobsTest extends ServerTest {
  private static final String TEXT = "a,b\n1,2\n";
  private static final Digest DIGEST = Digest.of(TEXT);
  private static final String PATH = "/api/blobs/" + DIGEST;

  private HttpResponse<String> put(String path, String text) throws Exception {
    return send(request(path).PUT(BodyPublishers.ofString(text)));
  }

  private List<Path> filesKept() throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve("kept"))) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void keep_thenFind_givesTheSameBytesToBeSavedNotRun() throws Exception {
    assertThat(put(PATH, TEXT).statusCode()).isEqualTo(204);
    assertThat(put(PATH, TEXT).statusCode()).isEqualTo(204);
    HttpResponse<String> found = get(PATH);
    assertThat(found.body()).isEqualTo(TEXT);
    assertThat(found.headers().firstValue("Content-Type")).hasValue("application/octet-stream");
    assertThat(found.headers().firstValue("Content-Disposition").orElse(""))
        .startsWith("attachment");
    assertThat(found.headers().allValues("Content-Security-Policy")).containsExactly("sandbox");
    assertThat(found.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(filesKept()).hasSize(1);
  }

  @Test
  void keep_otherBytesThanAnnounced_keepsNothing() throws Exception {
    HttpResponse<String> answer = put(PATH, "something else");
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(title(answer)).contains("announced as " + DIGEST).contains("nothing was kept");
    assertThat(filesKept()).isEmpty();
    assertThat(get(PATH).statusCode()).isEqualTo(404);
  }

  @Test
  void keep_connectionLostInTheMiddle_keepsNothing() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.url().getPort())) {
      socket.getOutputStream().write(head("PUT", PATH, 1000));
      socket.getOutputStream().write("half of it".getBytes(UTF_8));
      socket.getOutputStream().flush();
      while (filesKept().isEmpty()) {
        Thread.sleep(10); // until the draft is there
      }
    }
    while (!filesKept().isEmpty()) {
      Thread.sleep(10);
    }
    assertThat(get(PATH).statusCode()).isEqualTo(404);
  }

  @Test
  void keep_moreThanTheDiskHolds_saysSoBeforeReading() throws Exception {
    assertThat(answerToHead("PUT", PATH, Long.MAX_VALUE / 2)).startsWith("HTTP/1.1 507");
    assertThat(filesKept()).isEmpty();
  }

  @Test
  void head_known_saysHowLong() throws Exception {
    put(PATH, TEXT);
    HttpResponse<String> head = send(request(PATH).method("HEAD", BodyPublishers.noBody()));
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValueAsLong("Content-Length")).hasValue(TEXT.length());
  }

  @Test
  void missing_ofSome_namesThoseNotHere() throws Exception {
    put(PATH, TEXT);
    Digest other = Digest.of("other");
    HttpResponse<String> answer = post("/api/blobs/missing", Wire.write(List.of(DIGEST, other)));
    assertThat(Wire.read(answer.body(), Digest[].class)).containsExactly(other);
  }

  @Test
  void find_notADigest_isRefused() throws Exception {
    assertThat(get("/api/blobs/..%2f..%2fetc").statusCode()).isEqualTo(400);
    assertThat(get("/api/blobs/abc").statusCode()).isEqualTo(400);
  }
}
