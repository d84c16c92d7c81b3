package reprise.stream.redis;

import java.io.IOException;
import reprise.server.job.stream.MessageStream;
import reprise.server.job.stream.StreamKind;

/** Streams of Redis. No class of its client is loaded before one of them is wanted. */
public final class RedisKind implements StreamKind {
  @Override
  public String name() {
    return "redis";
  }

  @Override
  public void join(Place place) throws IOException {
    RedisStream.join(place);
  }

  @Override
  public MessageStream open(Place place, String consumer) throws IOException {
    return RedisStream.open(place, consumer);
  }
}
