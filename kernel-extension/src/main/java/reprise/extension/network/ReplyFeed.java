package reprise.extension.network;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** Gives a recorded body to its subscriber, as fast as it asks for more. */
final class ReplyFeed implements Subscription {
  private static final int CHUNK = 1 << 14;

  private final InputStream body;
  private final @Nullable Throwable end;
  private final BodySubscriber<?> subscriber;
  private final Executor executor;
  private long wanted;
  private boolean feeding;
  private boolean over;

  /**
   * @param end what the body ended with before its end; null if it did not
   */
  ReplyFeed(
      InputStream body, @Nullable Throwable end, BodySubscriber<?> subscriber, Executor executor) {
    this.body = body;
    this.end = end;
    this.subscriber = subscriber;
    this.executor = executor;
  }

  @Override
  public synchronized void request(long count) {
    wanted = count > Long.MAX_VALUE - wanted ? Long.MAX_VALUE : wanted + Math.max(0, count);
    if (!feeding && !over && wanted > 0) {
      feeding = true;
      executor.execute(this::feed);
    }
  }

  @Override
  public synchronized void cancel() {
    over = true;
  }

  private void feed() {
    try {
      while (goesOn()) {
        byte[] chunk = body.readNBytes(CHUNK);
        if (chunk.length == 0) {
          finish();
        } else {
          subscriber.onNext(List.of(ByteBuffer.wrap(chunk).asReadOnlyBuffer()));
        }
      }
    } catch (IOException | RuntimeException e) {
      cancel();
      subscriber.onError(e);
    }
  }

  private synchronized boolean goesOn() {
    feeding = !over && wanted > 0;
    if (feeding && wanted != Long.MAX_VALUE) {
      wanted--;
    }
    return feeding;
  }

  private void finish() throws IOException {
    cancel();
    body.close();
    if (end == null) {
      subscriber.onComplete();
    } else {
      subscriber.onError(end);
    }
  }
}
