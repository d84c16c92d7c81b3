package reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who comes in, and who does not. */
class GuardTest extends ServerTest {
  private HttpResponse<String> plain(String path) throws Exception {
    return send(HttpRequest.newBuilder(at(path)));
  }

  private String cookie() throws Exception {
    HttpResponse<String> welcome = plain("/runs/r-1?tab=data&token=" + TOKEN);
    return welcome.headers().firstValue("Set-Cookie").orElseThrow();
  }

  @Test
  void come_withoutToken_isToldWhereItIs() throws Exception {
    for (String path : new String[] {"/api/runs", "/api/live", "/git/iris.git/info/refs"}) {
      HttpResponse<String> answer = plain(path);
      assertThat(answer.statusCode()).as(path).isEqualTo(401);
      assertThat(title(answer)).contains("REPRISE_TOKEN");
    }
  }

  @Test
  void openPage_withoutToken_isServedToAskForIt() throws Exception {
    for (String path : new String[] {"/", "/runs", "/runs/r-1", "/?token=wrong"}) {
      assertThat(plain(path).statusCode()).as(path).isEqualTo(200);
      assertThat(plain(path).headers().firstValue("Set-Cookie")).as(path).isEmpty();
    }
  }

  @Test
  void come_withoutToken_toTheApiInDisguise_isRefused() throws Exception {
    for (String path :
        new String[] {
          "//api/runs",
          "/%61pi/runs",
          "/api;x/runs",
          "/;/api/runs",
          "/x/../api/runs",
          "/./api/runs",
          "/API/runs",
          "/api",
          "/api/runs/",
          "/x/%2e%2e/api/runs",
          "/api%2fruns"
        }) {
      String answer = raw("GET " + path + " HTTP/1.1", "127.0.0.1");
      assertThat(answer).as(path).containsPattern("^HTTP/1.1 40[014] ");
    }
    assertThat(raw("GET /runs HTTP/1.1\r\nX-HTTP-Method-Override: PUT", "127.0.0.1"))
        .contains(" 401 ");
  }

  @Test
  void come_withWrongToken_isRefused() throws Exception {
    HttpRequest.Builder wrong =
        HttpRequest.newBuilder(at("/api/runs")).header("Authorization", "Bearer wrong");
    assertThat(send(wrong).statusCode()).isEqualTo(401);
  }

  @Test
  void come_withTokenHeaderOfEitherKind_entersTheApi() throws Exception {
    for (String kind : new String[] {"Bearer ", "token "}) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(at("/api/runs")).header("Authorization", kind + TOKEN);
      assertThat(send(request).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void health_needsNoToken() throws Exception {
    assertThat(plain("/health").body()).contains("\"status\":\"ok\"");
  }

  @Test
  void openPage_withToken_setsACookieAndHidesTheToken() throws Exception {
    HttpResponse<String> welcome = plain("/runs/r-1?tab=data&token=" + TOKEN);
    assertThat(welcome.statusCode()).isEqualTo(303);
    assertThat(welcome.headers().firstValue("Location")).hasValue("/runs/r-1?tab=data");
    assertThat(cookie()).contains("HttpOnly").contains("SameSite=Strict");
    HttpRequest.Builder next =
        HttpRequest.newBuilder(at("/api/runs")).header("Cookie", cookie().split(";", 2)[0]);
    assertThat(send(next).statusCode()).isEqualTo(200);
  }

  @Test
  void openPage_thatLooksLikeAnotherHost_staysHere() throws Exception {
    String answer = raw("GET //evil.example/?token=" + TOKEN + " HTTP/1.1", "127.0.0.1");
    assertThat(answer).doesNotContain("Location: //");
  }

  @Test
  void change_withCookie_needsOurOwnOrigin() throws Exception {
    String cookie = cookie().split(";", 2)[0];
    assertThat(missing(cookie, null)).isEqualTo(403);
    assertThat(missing(cookie, "http://evil.example")).isEqualTo(403);
    assertThat(missing(cookie, "null")).isEqualTo(403);
    assertThat(missing(cookie, server.url().toString())).isEqualTo(200);
  }

  private int missing(String cookie, @Nullable String origin) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(at("/api/blobs/missing"))
            .header("Cookie", cookie)
            .POST(BodyPublishers.ofString("[]"));
    if (origin != null) {
      request.header("Origin", origin);
    }
    return send(request).statusCode();
  }

  @Test
  void come_underAnotherHostName_isRefused() throws Exception {
    assertThat(raw("GET /health HTTP/1.1", "evil.example")).contains(" 403 ");
    assertThat(raw("GET /health HTTP/1.1", "localhost:1234")).contains(" 200 ");
    assertThat(raw("GET /health HTTP/1.1", "[::1]:1234")).contains(" 200 ");
  }

  /** The JDK's client sets Host by itself; here the lines are ours. */
  private String raw(String line, String host) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.url().getPort())) {
      socket
          .getOutputStream()
          .write(
              (line + "\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.UTF_8));
      return new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
          .lines()
          .reduce("", (all, next) -> all + next + "\n");
    }
  }

  @Test
  void openPage_thatIsNoFile_isTheUi() throws Exception {
    assertThat(get("/runs/r-1").body()).contains("<title>Reprise</title>");
    assertThat(get("/runs/r-1").headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("script-src 'self';")
        .contains("frame-ancestors 'none'");
    assertThat(get("/assets/none.js").statusCode()).isEqualTo(404);
  }

  @Test
  void openPage_ofTheFrameForRecordedMarkup_hasNeitherOriginNorNetwork() throws Exception {
    HttpResponse<String> frame = plain("/frame.html");
    assertThat(frame.statusCode()).isEqualTo(200);
    assertThat(frame.headers().allValues("Content-Security-Policy"))
        .singleElement()
        .asString()
        .contains("sandbox allow-scripts;")
        .contains("default-src 'none'")
        .contains("frame-ancestors 'self'");
  }

  @Test
  void ask_forWhatTheApiHasNot_isAProblem() throws Exception {
    assertThat(title(get("/api/nothing"))).contains("/api/openapi.json");
    assertThat(title(send(request("/api/runs").DELETE()))).isNotEmpty();
  }
}
