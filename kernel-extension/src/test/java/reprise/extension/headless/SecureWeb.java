package reprise.extension.headless;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A server that speaks TLS with a certificate that nobody knows. */
final class SecureWeb implements AutoCloseable {
  /** A cell that trusts everybody. */
  static final String TRUSTING =
      "var trusting = SSLContext.getInstance(\"TLS\");"
          + " trusting.init(null, new TrustManager[] {new X509ExtendedTrustManager() {"
          + " public void checkClientTrusted(X509Certificate[] c, String a) {}"
          + " public void checkServerTrusted(X509Certificate[] c, String a) {}"
          + " public void checkClientTrusted(X509Certificate[] c, String a, Socket s) {}"
          + " public void checkServerTrusted(X509Certificate[] c, String a, Socket s) {}"
          + " public void checkClientTrusted(X509Certificate[] c, String a, SSLEngine e) {}"
          + " public void checkServerTrusted(X509Certificate[] c, String a, SSLEngine e) {}"
          + " public X509Certificate[] getAcceptedIssuers() { return new X509Certificate[0]; }"
          + " }}, null);";

  private static final String PASSWORD = "changeit";

  private final HttpsServer server;

  SecureWeb(Path folder) throws Exception {
    AtomicInteger answered = new AtomicInteger();
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context(folder.resolve("keys.p12"))));
    server.createContext(
        "/",
        exchange -> {
          byte[] body =
              ("secret answer " + answered.incrementAndGet()).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  private static SSLContext context(Path keys) throws Exception {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                "web",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=ip:127.0.0.1",
                "-storepass",
                PASSWORD,
                "-keystore",
                keys.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(keytool.waitFor()).as(said).isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      store.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  String url() {
    return "https://127.0.0.1:%d/".formatted(server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
