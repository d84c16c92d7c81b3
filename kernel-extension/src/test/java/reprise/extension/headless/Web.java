package reprise.extension.headless;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;

/** A server that never says the same twice, so that nobody mistakes its answers for older ones. */
final class Web implements AutoCloseable {
  static final int LARGE = 3_000_000;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger answered = new AtomicInteger();

  Web() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    on("/text", exchange -> answer(exchange, 200, text("answer ")));
    on("/chunked", this::answerInChunks);
    on("/gzip", exchange -> answer(exchange, 200, zipped(text("zipped answer "))));
    on("/large", exchange -> answer(exchange, 200, large()));
    on("/image", exchange -> answer(exchange, 200, image()));
    on("/missing", exchange -> answer(exchange, 404, text("nothing here, ")));
    on("/broken", exchange -> answer(exchange, 500, text("broken, ")));
    on("/redirect", this::redirect);
    on("/echo", exchange -> answer(exchange, 200, echo(exchange)));
    on("/slow", Web::answerMuchLater);
    on("/cut", Web::answerHalf);
    server.start();
  }

  private void on(String path, HttpHandler handler) {
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            handler.handle(exchange);
          }
        });
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  int answered() {
    return answered.get();
  }

  private byte[] text(String beginning) {
    return (beginning + answered.incrementAndGet() + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=UTF-8");
    exchange.getResponseHeaders().set("X-Length", String.valueOf(body.length));
    exchange.getResponseHeaders().set("Set-Cookie", "session=s3cret");
    boolean isHead = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, isHead ? -1 : body.length);
    if (!isHead) {
      exchange.getResponseBody().write(body);
    }
  }

  private void answerInChunks(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      for (int i = 0; i < 3; i++) {
        out.write(text("chunk "));
        out.flush();
      }
    }
  }

  private void redirect(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Location", url() + "/text?redirected");
    exchange.sendResponseHeaders(302, -1);
  }

  private byte[] echo(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    return text(exchange.getRequestMethod() + " " + body + " ");
  }

  private static void answerMuchLater(HttpExchange exchange) throws IOException {
    try {
      Thread.sleep(3_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    answer(exchange, 200, new byte[1]);
  }

  /** Promises more than it gives. */
  private static void answerHalf(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 100);
    exchange.getResponseBody().write("only so much".getBytes(StandardCharsets.UTF_8));
    exchange.getResponseBody().flush();
  }

  private byte[] large() {
    byte[] body = new byte[LARGE];
    new java.util.Random(answered.incrementAndGet()).nextBytes(body);
    return body;
  }

  private static byte[] zipped(byte[] body) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(zipped)) {
      out.write(body);
    }
    return zipped.toByteArray();
  }

  private static byte[] image() throws IOException {
    ByteArrayOutputStream image = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(7, 5, BufferedImage.TYPE_INT_RGB), "png", image);
    return image.toByteArray();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
