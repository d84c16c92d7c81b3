package reprise.extension.headless;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/** A server that speaks HTTP/2 with whoever wants to. */
final class NewWeb {
  private final AtomicInteger answered = new AtomicInteger();
  private final Server server = new Server();
  private final ServerConnector connector;

  NewWeb() throws Exception {
    HttpConfiguration settings = new HttpConfiguration();
    connector =
        new ServerConnector(
            server,
            new HttpConnectionFactory(settings),
            new HTTP2CServerConnectionFactory(settings));
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback) {
            String body = "answer ".repeat(10_000) + answered.incrementAndGet();
            response.write(true, StandardCharsets.UTF_8.encode(body), callback);
            return true;
          }
        });
    server.start();
  }

  String url() {
    return "http://127.0.0.1:%d/".formatted(connector.getLocalPort());
  }

  void stop() throws Exception {
    server.stop();
  }
}
