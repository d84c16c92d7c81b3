package reprise.extension.network;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reprise.extension.network.Answers.Answer;
import reprise.ledger.Digest;
import reprise.ledger.Reply;
import reprise.ledger.Reply.Header;

/** A request to {@code java.net.http} that goes nowhere: its reply was recorded. */
record RecordedRequest<T>(HttpRequest request, BodyHandler<T> handler, HttpClient client) {

  /** Where those are answered whose client has no executor of its own. */
  private static final class Threads {
    private static final Executor OURS =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "HttpClient-replay");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** The head of a reply, as a handler gets it. */
  private record Head(int statusCode, HttpHeaders headers, HttpClient.Version version)
      implements HttpResponse.ResponseInfo {
    static Head of(Reply reply) {
      Map<String, List<String>> lines =
          reply.headers().stream()
              .collect(
                  Collectors.groupingBy(
                      Header::name, Collectors.mapping(Header::value, Collectors.toList())));
      return new Head(
          Objects.requireNonNull(reply.status(), "it was answered"),
          HttpHeaders.of(lines, (name, value) -> true),
          "HTTP_2".equals(reply.version())
              ? HttpClient.Version.HTTP_2
              : HttpClient.Version.HTTP_1_1);
    }
  }

  /** The reply, sooner or later; a request without a body finds its own at once, in order. */
  @SuppressWarnings("FutureReturnValueIgnored") // both ways it can end lead to the reply
  CompletableFuture<HttpResponse<T>> answered(Answers answers) {
    CompletableFuture<HttpResponse<T>> reply = new CompletableFuture<>();
    Executor executor = client.executor().orElse(Threads.OURS);
    CompletableFuture<@Nullable Digest> digest =
        request
            .bodyPublisher()
            .map(publisher -> digest(publisher, executor))
            .orElseGet(() -> CompletableFuture.completedFuture(null));
    digest.whenComplete(
        (body, thrown) -> {
          if (thrown != null) {
            reply.completeExceptionally(new IOException(thrown.getMessage(), thrown));
          } else {
            answer(body, answers, executor, reply);
          }
        });
    return reply.whenComplete(
        (response, thrown) -> {}); // as the JDK's, one step from where it came
  }

  private static CompletableFuture<@Nullable Digest> digest(
      BodyPublisher publisher, Executor executor) {
    CompletableFuture<@Nullable Digest> digest = new CompletableFuture<>();
    executor.execute(() -> publisher.subscribe(new Hashing(digest)));
    return digest;
  }

  private void answer(
      @Nullable Digest body,
      Answers answers,
      Executor executor,
      CompletableFuture<HttpResponse<T>> reply) {
    try {
      Answer answer = answers.to(request.method(), request.uri().toString(), body);
      Throwable failure = answer.failure();
      if (failure == null) {
        executor.execute(() -> hand(answer, answers, executor, reply));
      } else {
        reply.completeExceptionally(failure);
      }
    } catch (IOException | RuntimeException e) {
      reply.completeExceptionally(e);
    }
  }

  /** Gives the reply to the program's own handler. */
  private void hand(
      Answer answer, Answers answers, Executor executor, CompletableFuture<HttpResponse<T>> reply) {
    try {
      Head head = Head.of(answer.reply());
      BodySubscriber<T> subscriber = handler.apply(head);
      subscriber.onSubscribe(
          new ReplyFeed(answers.body(answer), end(answer), subscriber, executor));
      subscriber
          .getBody()
          .whenComplete(
              (body, thrown) -> {
                if (thrown == null) {
                  reply.complete(response(answer, head, body));
                } else {
                  reply.completeExceptionally(Failures.bare(thrown));
                }
              });
    } catch (IOException | RuntimeException e) {
      reply.completeExceptionally(e);
    }
  }

  private static @Nullable Throwable end(Answer answer) {
    Throwable end = answer.end();
    if (end instanceof IOException) {
      return end; // what a handler of the program's threw, it will throw again
    }
    return answer.isPartial() ? answer.beyond() : null;
  }

  private HttpResponse<T> response(Answer answer, Head head, T body) {
    String from = answer.reply().from();
    HttpRequest answered =
        from == null
            ? request
            : HttpRequest.newBuilder(request, (name, value) -> true).uri(URI.create(from)).build();
    return new RecordedResponse<>(
        head.statusCode(), answered, head.headers(), body, answered.uri(), head.version());
  }

  /** Reads the body of the request, which nobody else will. */
  private static final class Hashing implements Subscriber<ByteBuffer> {
    private final RunningDigest sha = new RunningDigest();
    private final CompletableFuture<@Nullable Digest> digest;

    Hashing(CompletableFuture<@Nullable Digest> digest) {
      this.digest = digest;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(ByteBuffer buffer) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      sha.add(bytes, 0, bytes.length);
    }

    @Override
    public void onError(Throwable thrown) {
      digest.completeExceptionally(thrown);
    }

    @Override
    public void onComplete() {
      digest.complete(sha.now());
    }
  }
}
