package reprise.extension.network;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Data;
import reprise.ledger.Data.Direction;
import reprise.ledger.Digest;
import reprise.ledger.Reply;
import reprise.ledger.Reply.Failure;
import reprise.ledger.Reply.Header;

/** A request of a step's, and what has come back of its reply so far. */
final class Exchange {
  /** What carries credentials, or asks for them, is nobody else's. */
  private static final Set<String> PRIVATE =
      Set.of(
          "set-cookie",
          "set-cookie2",
          "authorization",
          "authentication-info",
          "www-authenticate",
          "proxy-authorization",
          "proxy-authenticate",
          "proxy-authentication-info");

  private static final int NO_CONTENT = 204;
  private static final int NOT_MODIFIED = 304;

  private final int number;
  private final int step;
  private final String asked;
  private final String url;
  private final ReplyBytes body;
  private final Consumer<Exchange> news;
  private String method;
  private @Nullable RunningDigest sent;
  private @Nullable Integer status;
  private @Nullable String version;
  private @Nullable String reason;
  private @Nullable String from;
  private List<Header> headers = List.of();
  private @Nullable Failure failure;
  private boolean whole;
  private boolean over;
  private @Nullable CompletableFuture<? extends HttpResponse<?>> awaited;

  /**
   * @param asked the URL as the program has it
   * @param news told whenever there is more to be said
   */
  Exchange(
      int number, int step, String method, String asked, ReplyBytes body, Consumer<Exchange> news) {
    this.number = number;
    this.step = step;
    this.method = method;
    this.asked = asked;
    this.url = PublicUrl.of(asked);
    this.body = body;
    this.news = news;
    news.accept(this);
  }

  int number() {
    return number;
  }

  int step() {
    return step;
  }

  /** Whether nothing more can come. */
  synchronized boolean isOver() {
    return over;
  }

  /** The body of the request is sent from its beginning, perhaps once more. */
  synchronized void sends(String as) {
    method = as;
    sent = new RunningDigest();
  }

  synchronized void sent(byte[] bytes, int offset, int count) {
    if (sent != null) {
      sent.add(bytes, offset, count);
    }
  }

  synchronized void awaits(CompletableFuture<? extends HttpResponse<?>> reply) {
    awaited = reply;
  }

  /** The head of the reply is there. */
  synchronized void answered(HttpResponse.ResponseInfo head) {
    status = head.statusCode();
    version = head.version().name();
    headers = shown(head.headers());
    news.accept(this);
  }

  /**
   * The same from a connection.
   *
   * @param line the status line
   * @param answering the URL that answered
   */
  synchronized void answered(int code, @Nullable String line, List<Header> head, String answering) {
    if (code < 0 || body.size() > 0) {
      return;
    }
    status = code; // of a redirection first, then of what it led to
    if (line != null) {
      String[] words = line.split(" ", 3);
      version = words[0].replace('/', '_').replace('.', '_');
      reason = words.length > 2 ? words[2] : null;
    }
    headers = head.stream().filter(header -> !isPrivate(header.name())).toList();
    from = elsewhere(answering);
    news.accept(this);
  }

  private @Nullable String elsewhere(String answering) {
    return answering.equals(asked) ? null : PublicUrl.of(answering);
  }

  private static List<Header> shown(HttpHeaders head) {
    List<Header> all = new ArrayList<>();
    head.map()
        .forEach(
            (name, values) -> {
              if (!isPrivate(name)) {
                values.forEach(value -> all.add(new Header(name, value)));
              }
            });
    return all;
  }

  private static boolean isPrivate(String header) {
    return PRIVATE.contains(header.toLowerCase(Locale.ROOT));
  }

  synchronized void read(byte[] bytes, int offset, int count) {
    body.add(bytes, offset, count);
    news.accept(this);
  }

  /** The body has been read to its end. */
  synchronized void ended() {
    whole = true;
    over = true;
    news.accept(this);
  }

  /** Nobody will read the rest of the body. */
  synchronized void left() {
    over = true;
    news.accept(this);
  }

  synchronized void failed(Throwable thrown) {
    noteFailure(thrown);
    news.accept(this);
  }

  private void noteFailure(Throwable thrown) {
    if (failure == null && !whole) {
      failure = masked(Failures.written(Failures.bare(thrown)));
    }
  }

  /** What the program gets to read may name the URL with all that is in it. */
  private Failure masked(Failure written) {
    String message = written.message();
    Failure cause = written.cause();
    return new Failure(
        written.exception(),
        message == null ? null : message.replace(asked, url),
        written.trace(),
        cause == null ? null : masked(cause));
  }

  /** The program has got its reply, or has got none. */
  synchronized void completed(@Nullable HttpResponse<?> reply, @Nullable Throwable thrown) {
    if (settle(reply, thrown)) {
      news.accept(this);
    }
  }

  private boolean settle(@Nullable HttpResponse<?> reply, @Nullable Throwable thrown) {
    if (awaited == null) {
      return false;
    }
    awaited = null;
    if (thrown != null) {
      noteFailure(thrown);
      over = true;
    } else if (reply != null) {
      from = elsewhere(reply.uri().toString());
    }
    return true;
  }

  /** What waits for a reply may go on before we are told of it. */
  private void look() {
    CompletableFuture<? extends HttpResponse<?>> reply = awaited;
    if (reply != null && reply.isDone()) {
      try {
        settle(reply.getNow(null), null);
      } catch (CompletionException | java.util.concurrent.CancellationException e) {
        settle(null, e);
      }
    }
  }

  /** All that is known now. */
  synchronized Data data() {
    look();
    boolean hasBody = status != null;
    Digest digest = hasBody ? body.digest() : null;
    String refusal = digest == null ? null : body.keep(digest);
    if (over) {
      body.drop();
    }
    boolean isPartial = hasBody && !isWhole();
    return new Data(
        Direction.RECEIVED,
        url,
        body.size(),
        digest,
        note(refusal, isPartial),
        refusal == null ? null : Boolean.TRUE,
        new Reply(
            number,
            method,
            sent == null ? null : sent.now(),
            status,
            version,
            reason,
            from,
            headers,
            failure,
            isPartial ? Boolean.TRUE : null));
  }

  private boolean isWhole() {
    return whole
        || method.equals("HEAD")
        || Integer.valueOf(NO_CONTENT).equals(status)
        || Integer.valueOf(NOT_MODIFIED).equals(status)
        || headers.stream()
            .anyMatch(
                header ->
                    header.name().equalsIgnoreCase("Content-Length")
                        && header.value().equals(Long.toString(body.size())));
  }

  private @Nullable String note(@Nullable String refusal, boolean isPartial) {
    String missing = null;
    if (isPartial) {
      missing = "the notebook has read only the first %,d bytes".formatted(body.size());
    } else if (status == null && failure == null) {
      missing = "no reply had come yet";
    }
    return missing == null || refusal == null
        ? (missing == null ? refusal : missing)
        : missing + "; " + refusal;
  }
}
