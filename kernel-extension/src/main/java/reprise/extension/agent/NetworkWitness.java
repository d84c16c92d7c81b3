package reprise.extension.agent;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URL;
import java.net.URLConnection;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Told of each request on its way to the network and of its reply on its way back, on the thread
 * that makes it; may answer in the network's place. What it does itself is not reported back to it,
 * and what it throws is swallowed. Null answers leave everything as it is.
 */
public interface NetworkWitness {
  /** Whether this thread works for a notebook. */
  boolean heeds();

  @Nullable URLConnection opens(URL url);

  /** May come more than once for a connection. */
  void begins(HttpURLConnection connection);

  @Nullable OutputStream writes(OutputStream body, HttpURLConnection connection);

  @Nullable InputStream reads(InputStream body, HttpURLConnection connection);

  void fails(Throwable failure, HttpURLConnection connection);

  /**
   * A request is about to be sent; {@link #handles}, {@link #publishes} and {@link #awaits} follow
   * on this thread.
   */
  <T> @Nullable CompletableFuture<HttpResponse<T>> sends(
      HttpRequest request, BodyHandler<T> handler, HttpClient client);

  <T> @Nullable BodyHandler<T> handles(BodyHandler<T> handler, HttpRequest request);

  @Nullable BodyPublisher publishes(BodyPublisher body);

  void awaits(CompletableFuture<? extends HttpResponse<?>> reply);

  /** This JVM listens to this port, or sends from it. */
  void bound(int port);

  /** Returns what is to be thrown in place of connecting. */
  @Nullable Exception connects(InetSocketAddress address, String protocol);

  /** The same for a database that is no file. */
  @Nullable Exception connects(String databaseUrl);
}
