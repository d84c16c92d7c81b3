package reprise.extension.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ref.WeakReference;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URL;
import java.net.URLConnection;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.sql.SQLNonTransientConnectionException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import reprise.extension.agent.NetworkWitness;
import reprise.ledger.BlobFolder;
import reprise.ledger.Data;
import reprise.ledger.Data.Direction;
import reprise.ledger.Reply.Header;

/**
 * Keeps what comes to steps over the network. Where it is offline it answers from a record instead,
 * and lets nothing out that a step asks for.
 */
public final class NetworkCapture implements NetworkWitness {
  private static final ThreadLocal<@Nullable Sending> SENDING = new ThreadLocal<>();

  private final IntSupplier caller;
  private final BlobFolder blobs;
  private final Room room;
  private final @Nullable RecordedReplies recorded;
  private final News news = new News();
  private final OwnPorts own = new OwnPorts();
  private final AtomicInteger number = new AtomicInteger();
  private final Map<HttpURLConnection, OpenConnection> connections =
      Collections.synchronizedMap(new WeakHashMap<>());

  /** What is known of a connection; the stream knows the connection, so it is held weakly. */
  private static final class OpenConnection {
    private final Exchange exchange;
    private @Nullable WeakReference<ReadBody> body;

    OpenConnection(Exchange exchange) {
      this.exchange = exchange;
    }

    synchronized ReadBody body(InputStream stream) {
      ReadBody before = body == null ? null : body.get();
      if (before != null && before.reads(stream)) {
        return before;
      }
      ReadBody now = new ReadBody(stream, exchange);
      body = new WeakReference<>(now);
      return now;
    }
  }

  /** A request that this thread is SENDING. */
  private record Sending(Exchange exchange, String method) {}

  /**
   * Writes nothing down for nobody.
   *
   * @param caller gives the step on whose behalf the current thread works, 0 if none
   * @param recorded null where the network is within reach
   */
  public NetworkCapture(
      IntSupplier caller, BlobFolder blobs, Room room, @Nullable RecordedReplies recorded) {
    this.caller = caller;
    this.blobs = blobs;
    this.room = room;
    this.recorded = recorded;
  }

  /** What there is to be said of {@code step} that was not said before. */
  public List<Data> take(int step) {
    return news.take(step);
  }

  /** The same of all steps of which there is something to be said. */
  public Map<Integer, List<Data>> takeAll() {
    Map<Integer, List<Data>> all = new TreeMap<>();
    for (Integer step : news.steps()) {
      all.put(step, news.take(step));
    }
    return all;
  }

  @Override
  public boolean heeds() {
    return caller.getAsInt() != 0;
  }

  // --- URLs

  @Override
  public @Nullable URLConnection opens(URL url) {
    RecordedReplies replies = recorded;
    int step = caller.getAsInt();
    return replies == null || step == 0 || own.serve(url.toString())
        ? null
        : new RecordedConnection(url, answers(replies, step));
  }

  @Override
  public void begins(HttpURLConnection connection) {
    int step = caller.getAsInt();
    String url = connection.getURL().toString();
    if (step != 0 && !own.serve(url) && !connections.containsKey(connection)) {
      connections.put(
          connection, new OpenConnection(exchange(step, connection.getRequestMethod(), url)));
    }
  }

  @Override
  public @Nullable OutputStream writes(OutputStream body, HttpURLConnection connection) {
    OpenConnection open = connections.get(connection);
    if (open == null) {
      return null;
    }
    open.exchange.sends(connection.getRequestMethod());
    return new WrittenBody(body, open.exchange);
  }

  @Override
  public @Nullable InputStream reads(InputStream body, HttpURLConnection connection) {
    OpenConnection open = connections.get(connection);
    if (open == null) {
      return null;
    }
    answered(open.exchange, connection);
    return open.exchange.isOver() ? null : open.body(body);
  }

  @Override
  public void fails(Throwable failure, HttpURLConnection connection) {
    OpenConnection open = connections.get(connection);
    if (open != null) {
      if (isAboutAStatus(failure)) {
        answered(open.exchange, connection);
      }
      open.exchange.failed(failure);
    }
  }

  /** Only then may the connection be asked, or it would try again. */
  private static boolean isAboutAStatus(Throwable failure) {
    return failure instanceof java.io.FileNotFoundException
        || String.valueOf(failure.getMessage()).startsWith("Server returned HTTP response code");
  }

  private static void answered(Exchange exchange, HttpURLConnection connection) {
    try {
      int status = connection.getResponseCode();
      List<Header> head = new ArrayList<>();
      String value = connection.getHeaderField(1);
      for (int i = 1; value != null; value = connection.getHeaderField(++i)) {
        head.add(new Header(String.valueOf(connection.getHeaderFieldKey(i)), value));
      }
      String line = connection.getHeaderField(0);
      exchange.answered(status, line, head, connection.getURL().toString());
    } catch (IOException e) {
      // the program is told the same
    }
  }

  // --- java.net.http

  @Override
  public <T> @Nullable CompletableFuture<HttpResponse<T>> sends(
      HttpRequest request, BodyHandler<T> handler, HttpClient client) {
    SENDING.remove();
    int step = caller.getAsInt();
    String url = request.uri().toString();
    if (step == 0 || own.serve(url)) {
      return null;
    }
    if (Beneath.isWebSocket()) {
      Exception refusal = way(step, "ws" + url.substring("http".length()));
      return refusal == null ? null : CompletableFuture.failedFuture(refusal);
    }
    RecordedReplies replies = recorded;
    if (replies != null) {
      return new RecordedRequest<>(request, handler, client).answered(answers(replies, step));
    }
    SENDING.set(new Sending(exchange(step, request.method(), url), request.method()));
    return null;
  }

  @Override
  public <T> @Nullable BodyHandler<T> handles(BodyHandler<T> handler, HttpRequest request) {
    Sending sent = SENDING.get();
    if (sent == null) {
      return null;
    }
    Exchange exchange = sent.exchange();
    return head -> {
      exchange.answered(head);
      return new ReceivedBody<>(handler.apply(head), exchange);
    };
  }

  @Override
  public @Nullable BodyPublisher publishes(BodyPublisher body) {
    Sending sent = SENDING.get();
    return sent == null ? null : new SentBody(body, sent.method(), sent.exchange());
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // the program has one to look at
  public void awaits(CompletableFuture<? extends HttpResponse<?>> reply) {
    Sending sent = SENDING.get();
    if (sent != null) {
      SENDING.remove();
      sent.exchange().awaits(reply);
      reply.whenComplete((response, thrown) -> sent.exchange().completed(response, thrown));
    }
  }

  private Exchange exchange(int step, String method, String url) {
    return new Exchange(
        number.incrementAndGet(), step, method, url, new ReplyBytes(blobs, room), news::add);
  }

  // --- beneath

  @Override
  public void bound(int port) {
    own.add(port);
  }

  @Override
  public @Nullable Exception connects(InetSocketAddress address, String protocol) {
    int step = own.serve(address) || Beneath.isKnown() ? 0 : caller.getAsInt();
    if (step == 0) {
      return null;
    }
    String really = Beneath.isDatagram() ? "udp" : protocol;
    return way(step, "%s:%s:%d".formatted(really, address.getHostString(), address.getPort()));
  }

  @Override
  public @Nullable Exception connects(String databaseUrl) {
    if (!DatabaseServer.isMeantBy(databaseUrl)) {
      return null;
    }
    int step = caller.getAsInt();
    Exception refusal = step == 0 ? null : way(step, PublicUrl.of(databaseUrl));
    return refusal == null
        ? null
        : new SQLNonTransientConnectionException(String.valueOf(refusal.getMessage()), "08001");
  }

  /** Returns what keeps the program from going there. */
  private @Nullable Exception way(int step, String there) {
    if (recorded == null) {
      news.addWay(step, Data.without(Direction.CONNECTED, there, null));
      return null;
    }
    news.add(step, Data.without(Direction.REFUSED, there, null));
    return new ConnectException(
        "%s is out of reach, because this replay is offline; 'reprise replay --online' lets it be reached."
            .formatted(there));
  }

  // --- offline

  private Answers answers(RecordedReplies replies, int step) {
    return new Answers(replies, step, number, news);
  }
}
