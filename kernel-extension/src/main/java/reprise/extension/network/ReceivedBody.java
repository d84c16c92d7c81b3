package reprise.extension.network;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/** The body of a reply on its way from {@code java.net.http} to what the program made for it. */
final class ReceivedBody<T> implements BodySubscriber<T> {
  private final BodySubscriber<T> next;
  private final Exchange exchange;

  ReceivedBody(BodySubscriber<T> next, Exchange exchange) {
    this.next = next;
    this.exchange = exchange;
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    next.onSubscribe(
        new Subscription() {
          @Override
          public void request(long count) {
            subscription.request(count);
          }

          @Override
          public void cancel() {
            exchange.left();
            subscription.cancel();
          }
        });
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      byte[] bytes = SentBody.copyOf(buffer);
      exchange.read(bytes, 0, bytes.length);
    }
    next.onNext(buffers);
  }

  @Override
  public void onError(Throwable thrown) {
    exchange.failed(thrown);
    exchange.left();
    next.onError(thrown);
  }

  @Override
  public void onComplete() {
    exchange.ended();
    next.onComplete();
  }

  @Override
  public CompletionStage<T> getBody() {
    return next.getBody();
  }
}
