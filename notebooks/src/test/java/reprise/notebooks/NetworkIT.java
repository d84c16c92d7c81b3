package reprise.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.ledger.Data;
import reprise.ledger.Data.Direction;
import reprise.ledger.Digest;

/** Notebooks that get their data over the network, from the command to the verdict. */
class NetworkIT extends WithProduct {
  private static final String CSV = "species,mass\nadelie,3750\ngentoo,5000\n";

  /** Gives the same table with another number of the request below it each time. */
  private static HttpServer web(AtomicInteger asked) throws IOException {
    InetSocketAddress here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServer web = HttpServer.create(here, 0);
    web.createContext(
        "/",
        exchange -> {
          byte[] body =
              (CSV + "request," + asked.incrementAndGet() + "\n").getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    web.start();
    return web;
  }

  private static String url(HttpServer web) {
    return "http://127.0.0.1:" + web.getAddress().getPort();
  }

  @Test
  void replay_tablesByUrlAndByClient_isIdenticalWithTheServerGone() throws Exception {
    HttpServer web = web(new AtomicInteger());
    Path notebook =
        Notebooks.write(
            folder.resolve("penguins.ipynb"),
            "String base = \"%s\";".formatted(url(web)),
            "new BufferedReader(new InputStreamReader("
                + "new java.net.URL(base + \"/penguins.csv?api_key=s3cret\").openStream()))"
                + ".lines().toList()",
            "import java.net.http.*;",
            "var reply = HttpClient.newHttpClient().send("
                + "HttpRequest.newBuilder(java.net.URI.create(base + \"/more.csv\")).build(),"
                + " HttpResponse.BodyHandlers.ofString()); reply.statusCode() + reply.body()");
    Product.Said ran = product.reprise(folder, "run", notebook.toString(), "--json");
    web.stop(0);
    assertThat(ran.json().path("status").asText()).as(ran.out()).isEqualTo("SUCCEEDED");
    String id = ran.json().path("run").asText();

    Data first = product.client().run(id).history().get(1).data().get(0);
    assertThat(first.direction()).isEqualTo(Direction.RECEIVED);
    assertThat(first.path()).isEqualTo(url(web) + "/penguins.csv?api_key=***");
    assertThat(first.digest()).isEqualTo(Digest.of(CSV + "request,1\n"));
    assertThat(product.reprise(folder, "show", id).out())
        .contains("GET " + first.path() + " 200")
        .contains("GET " + url(web) + "/more.csv 200");

    Product.Said replayed = product.reprise(folder, "replay", id, "-p", "api_key=s3cret", "--json");
    assertIdentical(replayed);
    assertThat(replayed.json().path("notCompared").toString()).doesNotContain("http");
  }

  @Test
  @Tag("any-jdk")
  @Tag("long")
  void replay_requestThatIsAnotherOneThisTime_divergesAndTheVerdictSaysWhy() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    HttpServer web = web(asked);
    Path notebook =
        Notebooks.write(
            folder.resolve("other.ipynb"),
            "long number = new java.security.SecureRandom().nextLong();",
            "new java.net.URL(\"%s/\" + number).openStream().readAllBytes().length"
                .formatted(url(web)));
    Product.Said ran = product.reprise(folder, "run", notebook.toString(), "--json");
    String id = ran.json().path("run").asText();

    Product.Said offline = product.reprise(folder, "replay", id);
    assertThat(offline.exitCode()).isEqualTo(1);
    assertThat(asked).hasValue(1);
    JsonNode divergence = ofTheOutputs(product.reprise(folder, "replay", id, "--json"));
    assertThat(divergence.path("actual").asText())
        .contains("was not recorded, and this replay is offline");
    assertThat(divergence.path("cause").asText())
        .matches("GET http://127.0.0.1:\\d+/-?\\d+ was asked for and not recorded");

    JsonNode online = product.reprise(folder, "replay", id, "--online", "--json").json();
    web.stop(0);
    assertThat(asked).hasValue(2);
    assertThat(online.path("divergences").findValuesAsText("step")).doesNotContain("2");
  }

  private static JsonNode ofTheOutputs(Product.Said replayed) {
    JsonNode all = replayed.json().path("divergences");
    for (JsonNode each : all) {
      if (each.path("what").asText().equals("outputs")) {
        return each;
      }
    }
    throw new AssertionError("no other outputs: " + all);
  }

  @Test
  @Tag("long")
  @Tag("any-jdk")
  void replay_socketToTheOutside_isNamedAsNotKept() throws Exception {
    HttpServer web = web(new AtomicInteger());
    Path notebook =
        Notebooks.write(
            folder.resolve("socket.ipynb"),
            "new java.net.Socket(\"127.0.0.1\", %d).close();"
                .formatted(web.getAddress().getPort()));
    String id =
        product.reprise(folder, "run", notebook.toString(), "--json").json().path("run").asText();
    String there = "tcp:127.0.0.1:" + web.getAddress().getPort();
    assertThat(product.reprise(folder, "replay", id, "--online").out())
        .contains("IDENTICAL")
        .contains("not compared: step 1: what went over " + there + ", which is not kept");
    web.stop(0);
    assertThat(product.reprise(folder, "replay", id).out())
        .contains("DIVERGED")
        .contains("The cause: " + there + " is out of reach in a replay that is offline.");
  }
}
