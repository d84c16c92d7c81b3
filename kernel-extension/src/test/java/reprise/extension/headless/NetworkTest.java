package reprise.extension.headless;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reprise.ledger.Data;
import reprise.ledger.Data.Direction;
import reprise.ledger.Outcome;
import reprise.ledger.Output;
import reprise.ledger.Reply;
import reprise.ledger.Run;
import reprise.ledger.Step;

/** What is special about what comes over the network, with a real server and real JVMs. */
@Tag("any-jdk")
class NetworkTest {
  private static final String IMPORTS =
      "import java.net.*; import java.net.http.*; import java.nio.*; import java.nio.channels.*;";

  @TempDir Path folder;
  private RecordedJvm jvm;
  private Web web;

  @BeforeEach
  void serve() throws Exception {
    jvm = new RecordedJvm(folder);
    web = new Web();
  }

  @AfterEach
  void stop() {
    web.close();
  }

  @Test
  void replay_requestThatWasNotRecorded_isOneSentenceAndReachesNobody() throws Exception {
    Run recorded = jvm.run(IMPORTS, fetch("/text"), send("/text"));
    int answered = web.answered();
    Run replayed = jvm.replay(recorded, source -> source.replace("/text", "/text?other"));
    assertThat(web.answered()).isEqualTo(answered);
    for (Step step : replayed.history().subList(1, 3)) {
      assertThat(said(step))
          .isEqualTo(
              "GET %s/text?other was not recorded, and this replay is offline; "
                      .formatted(web.url())
                  + "'reprise replay --online' asks for it.");
      assertThat(step.data())
          .containsExactly(Data.without(Direction.REFUSED, web.url() + "/text?other", "GET"));
    }
  }

  @Test
  void replay_sameRequestMoreOftenThanRecorded_isNotAnsweredFromMemory() throws Exception {
    Run recorded = jvm.run(IMPORTS, fetch("/text"));
    Run replayed =
        jvm.replay(
            recorded, source -> source.startsWith("import") ? source : source + "+" + source);
    assertThat(said(replayed.history().get(1))).contains("was not recorded");
  }

  /** Each leads outside, to where {@code port} is listened to or not. */
  private enum Way {
    SOCKET("tcp", "new Socket(\"127.0.0.1\", port).close();"),
    SOCKET_BY_ADDRESS(
        "tcp",
        "try (var s = new Socket()) { s.connect(new InetSocketAddress(\"127.0.0.1\", port), 500); }"),
    CHANNEL("tcp", "SocketChannel.open(new InetSocketAddress(\"127.0.0.1\", port)).close();"),
    ASYNCHRONOUS_CHANNEL(
        "tcp",
        "AsynchronousSocketChannel.open().connect(new InetSocketAddress(\"127.0.0.1\", port)).get();"),
    DATAGRAM_SOCKET(
        "udp",
        "new DatagramSocket().send(new DatagramPacket(new byte[1], 1, new InetSocketAddress(\"127.0.0.1\", port)));"),
    DATAGRAM_SOCKET_CONNECTED(
        "udp", "new DatagramSocket().connect(new InetSocketAddress(\"127.0.0.1\", port));"),
    DATAGRAM_CHANNEL(
        "udp",
        "DatagramChannel.open().send(ByteBuffer.allocate(1), new InetSocketAddress(\"127.0.0.1\", port));");

    private final String protocol;
    private final String code;

    Way(String protocol, String code) {
      this.protocol = protocol;
      this.code = code;
    }
  }

  @Test
  void run_eachWayOutside_isNamedAndRefusedInAReplay() throws Exception {
    String port = web.url().substring(web.url().lastIndexOf(':') + 1);
    List<String> cells = new ArrayList<>(List.of(IMPORTS + " int port = " + port + ";"));
    for (Way way : Way.values()) {
      cells.add(way.code);
    }
    Run recorded = jvm.run(cells.toArray(String[]::new));
    Run replayed = jvm.replay(recorded);
    int step = 0;
    for (Way way : Way.values()) {
      step++;
      String there = "%s:127.0.0.1:%s".formatted(way.protocol, port);
      Step before = recorded.history().get(step);
      assertThat(before.outcome()).as("%s", before).isEqualTo(new Outcome.Succeeded());
      assertThat(before.data()).containsExactly(Data.without(Direction.CONNECTED, there, null));
      Step now = replayed.history().get(step);
      assertThat(now.outputs().toString()).contains(there + " is out of reach");
      assertThat(now.outputs().toString()).doesNotContain("reprise.extension");
      assertThat(now.data()).containsExactly(Data.without(Direction.REFUSED, there, null));
    }
  }

  @Test
  void run_databaseServer_isNamedWithoutCredentialsAndRefusedInAReplay() throws Exception {
    String driver =
        "DriverManager.registerDriver(new Driver() {"
            + " public Connection connect(String url, Properties p) throws SQLException {"
            + "   System.out.println(url); throw new SQLException(\"asked\"); }"
            + " public boolean acceptsURL(String url) { return url.startsWith(\"jdbc:postgresql:\"); }"
            + " public DriverPropertyInfo[] getPropertyInfo(String u, Properties p) { return null; }"
            + " public int getMajorVersion() { return 1; } public int getMinorVersion() { return 0; }"
            + " public boolean jdbcCompliant() { return false; }"
            + " public java.util.logging.Logger getParentLogger() { return null; } });";
    Run recorded =
        jvm.run(
            "import java.sql.*;",
            driver,
            "DriverManager.getConnection(\"jdbc:postgresql://ada:pw@db.example:5432/t?password=x&ssl=true\")");
    Step before = recorded.history().get(2);
    assertThat(before.outputs().toString()).contains("asked");
    String shown = "jdbc:postgresql://db.example:5432/t?password=***&ssl=true";
    assertThat(before.data()).containsExactly(Data.without(Direction.CONNECTED, shown, null));
    Step now = jvm.replay(recorded).history().get(2);
    assertThat(said(now)).startsWith(shown + " is out of reach, because this replay is offline");
    assertThat(now.outputs().toString()).doesNotContain("asked");
  }

  @Test
  void replay_httpsByConnectionAndByClient_isTheSameWithTheServerGone() throws Exception {
    Run recorded;
    try (SecureWeb secure = new SecureWeb(folder)) {
      recorded =
          jvm.run(
              "import java.net.*; import java.net.http.*; import javax.net.ssl.*;"
                  + " import java.security.*; import java.security.cert.*;",
              SecureWeb.TRUSTING,
              "var c = (HttpsURLConnection) new URL(\"%s\").openConnection();"
                      .formatted(secure.url())
                  + " c.setSSLSocketFactory(trusting.getSocketFactory());"
                  + " c.setHostnameVerifier((host, session) -> true);"
                  + " new String(c.getInputStream().readAllBytes()) + c.getResponseCode() + c",
              "HttpClient.newBuilder().sslContext(trusting).build().send("
                  + "HttpRequest.newBuilder(URI.create(\"%s\")).build(),".formatted(secure.url())
                  + " HttpResponse.BodyHandlers.ofString()).body()",
              "new URL(\"%s\").openStream()".formatted(secure.url()));
    }
    assertThat(recorded.history().get(2).outputs().toString()).contains("secret answer 1200");
    assertThat(recorded.history().get(3).outputs().toString()).contains("secret answer 2");
    assertThat(recorded.history().get(4).outputs().toString()).contains("SSLHandshakeException");
    Run replayed = jvm.replay(recorded);
    for (int i = 2; i < 5; i++) {
      assertThat(replayed.history().get(i).outputs())
          .isEqualTo(recorded.history().get(i).outputs());
    }
  }

  @Test
  void replay_http2_isTheSameWithTheServerGone() throws Exception {
    NewWeb modern = new NewWeb();
    Run recorded;
    try {
      recorded =
          jvm.run(
              IMPORTS,
              "HttpClient client = HttpClient.newHttpClient();",
              "var requests = Stream.of(1, 2, 3).map(i -> client.sendAsync("
                  + "HttpRequest.newBuilder(URI.create(\"%s?\" + i)).build(),"
                      .formatted(modern.url())
                  + " HttpResponse.BodyHandlers.ofString())).toList();"
                  + " requests.stream().map(it -> it.join().version() + it.join().body()).toList()");
    } finally {
      modern.stop();
    }
    Step before = recorded.history().get(2);
    assertThat(before.data()).hasSize(3);
    assertThat(before.data())
        .allSatisfy(
            data -> assertThat(Objects.requireNonNull(data.reply()).version()).isEqualTo("HTTP_2"));
    assertThat(jvm.replay(recorded).history().get(2).outputs()).isEqualTo(before.outputs());
  }

  @Test
  void run_requestInACellThatAMagicExecutes_isTheCells() throws Exception {
    Run recorded = jvm.run(IMPORTS, "%%time\n" + fetch("/text"));
    assertThat(onlyReply(recorded.history().get(1)).path()).isEqualTo(web.url() + "/text");
  }

  @Test
  void run_replyThatTheNextCellReadsOn_isKeptAsFarAsItWasRead() throws Exception {
    Run recorded =
        jvm.run(
            IMPORTS,
            "var in = new URL(\"%s/large\").openStream(); in.readNBytes(5).length"
                .formatted(web.url()),
            "Arrays.hashCode(in.readAllBytes())");
    Data reply = onlyReply(recorded.history().get(1));
    assertThat(reply.size()).isEqualTo(Web.LARGE);
    assertThat(Objects.requireNonNull(reply.reply()).partial()).isNull();
    assertThat(reply.note()).isNull();
    web.close();
    Run replayed = jvm.replay(recorded);
    assertThat(replayed.history().get(2).outputs()).isEqualTo(recorded.history().get(2).outputs());
  }

  @Test
  @Tag("long")
  void replay_readingOnBeyondTheRecord_isOneSentence() throws Exception {
    Run recorded =
        jvm.run(
            IMPORTS,
            "new URL(\"%s/large\").openStream().readNBytes(5).length".formatted(web.url()));
    Data reply = onlyReply(recorded.history().get(1));
    assertThat(reply.note()).isEqualTo("the notebook has read only the first 5 bytes");
    Run replayed = jvm.replay(recorded, source -> source.replace("(5)", "(6)"));
    assertThat(said(replayed.history().get(1)))
        .startsWith("The record of %s/large ends here".formatted(web.url()));
  }

  @Test
  void run_moreThanThePolicyAllows_isRecordedByDigestOnlyAndSaidInTheReplay() throws Exception {
    Files.writeString(jvm.work().resolve("reprise.toml"), "[files]\nlargest-file = \"1 MB\"\n");
    Run recorded =
        jvm.run(
            IMPORTS,
            "new URL(\"%s/large\").openStream().readAllBytes().length".formatted(web.url()));
    Data reply = onlyReply(recorded.history().get(1));
    assertThat(reply.size()).isEqualTo(Web.LARGE);
    assertThat(reply.keepsItsBytes()).isFalse();
    assertThat(reply.note()).contains("the 1 MB that the policy allows a file");
    assertThat(said(jvm.replay(recorded).history().get(1)))
        .isEqualTo(
            "The bytes of %s/large were not kept; 'reprise replay --online' asks for them again."
                .formatted(web.url()));
  }

  @Test
  void run_credentials_areNotWrittenDown() throws Exception {
    String there = web.url().replace("http://", "http://ada:hidden1@");
    String cell =
        "var c = new URL(\"%s/text?api_key=hidden2&n=1\").openConnection();".formatted(there)
            + " c.setRequestProperty(\"Authorization\", \"Bearer hidden3\");"
            + " c.getInputStream().readAllBytes().length";
    Run recorded = jvm.run(IMPORTS, cell);
    Data reply = onlyReply(recorded.history().get(1));
    assertThat(reply.path()).isEqualTo(web.url() + "/text?api_key=***&n=1");
    assertThat(reply.toString()).doesNotContain("hidden").doesNotContain("s3cret");
    Run replayed = jvm.replay(recorded, source -> source.contains("[masked:") ? cell : source);
    assertThat(replayed.history().get(1).outputs()).isEqualTo(recorded.history().get(1).outputs());
  }

  @Test
  void run_requestByAThreadThatOutlivesItsCell_belongsToThatCell() throws Exception {
    Run recorded =
        jvm.run(
            IMPORTS,
            "var go = new CountDownLatch(1); var late = new CompletableFuture<Integer>();\n"
                + "new Thread(() -> { try { go.await(); late.complete(new URL(\"%s/text\")"
                    .formatted(web.url())
                + ".openStream().readAllBytes().length); } catch (Exception e) {"
                + " late.completeExceptionally(e); } }).start();",
            "go.countDown(); late.get()");
    assertThat(onlyReply(recorded.history().get(1)).size()).isEqualTo(9);
    web.close();
    assertThat(jvm.replay(recorded).history().get(2).outputs())
        .isEqualTo(recorded.history().get(2).outputs());
  }

  private String fetch(String path) {
    return "new String(new URL(\"%s%s\").openStream().readAllBytes())".formatted(web.url(), path);
  }

  private String send(String path) {
    return "HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(\"%s%s\")).build(),"
            .formatted(web.url(), path)
        + " HttpResponse.BodyHandlers.ofString()).body()";
  }

  private static Data onlyReply(Step step) {
    List<Data> replies = step.data().stream().filter(data -> data.reply() != null).toList();
    assertThat(replies).as("%s", step.outputs()).hasSize(1);
    Reply reply = Objects.requireNonNull(replies.get(0).reply());
    assertThat(reply.status()).isEqualTo(200);
    return replies.get(0);
  }

  private static String said(Step step) {
    assertThat(step.outputs()).as("%s", step.outputs()).hasSize(1);
    assertThat(step.outputs().get(0)).isInstanceOf(Output.Traceback.class);
    return ((Output.Traceback) step.outputs().get(0)).evalue();
  }
}
