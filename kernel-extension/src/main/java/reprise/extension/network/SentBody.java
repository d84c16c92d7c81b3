package reprise.extension.network;

import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;

/** The body of a request on its way to {@code java.net.http}. */
final class SentBody implements BodyPublisher {
  private final BodyPublisher body;
  private final String method;
  private final Exchange exchange;

  SentBody(BodyPublisher body, String method, Exchange exchange) {
    this.body = body;
    this.method = method;
    this.exchange = exchange;
  }

  @Override
  public long contentLength() {
    return body.contentLength();
  }

  /** A redirected request may be sent again from its beginning. */
  @Override
  public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
    exchange.sends(method);
    body.subscribe(
        new Subscriber<>() {
          @Override
          public void onSubscribe(Subscription subscription) {
            subscriber.onSubscribe(subscription);
          }

          @Override
          public void onNext(ByteBuffer buffer) {
            byte[] bytes = copyOf(buffer);
            exchange.sent(bytes, 0, bytes.length);
            subscriber.onNext(buffer);
          }

          @Override
          public void onError(Throwable thrown) {
            subscriber.onError(thrown);
          }

          @Override
          public void onComplete() {
            subscriber.onComplete();
          }
        });
  }

  /** What is left in a buffer that somebody else is going to read. */
  static byte[] copyOf(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
