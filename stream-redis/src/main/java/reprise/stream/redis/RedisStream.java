package reprise.stream.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.XAutoClaimParams;
import redis.clients.jedis.params.XPendingParams;
import redis.clients.jedis.params.XReadGroupParams;
import redis.clients.jedis.resps.StreamEntryBinary;
import reprise.server.job.stream.Message;
import reprise.server.job.stream.MessageStream;
import reprise.server.job.stream.StreamKind.Place;

/**
 * A stream of Redis, read as one of a group. What a reader was given belongs to it until it is
 * acknowledged; what a reader that died was given is taken over after a while.
 */
final class RedisStream implements MessageStream {
  private static final Logger LOG = LoggerFactory.getLogger(RedisStream.class);
  private static final String BODY = "body";
  private static final int BATCH = 500;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

  /** For so long nobody is taken for dead. */
  private static final Duration DEAD = Duration.ofSeconds(15);

  private static final Duration BETWEEN_CLAIMS = Duration.ofSeconds(2);
  private static final StreamEntryID BEGINNING = new StreamEntryID(0, 0);

  private final RedisAddress address;
  private final Place place;
  private final String consumer;
  private final Jedis jedis;
  private List<StreamEntryID> given = List.of();
  private boolean hasOwn = true;
  private long claimed = System.nanoTime() - BETWEEN_CLAIMS.toNanos();

  private RedisStream(RedisAddress address, Place place, String consumer, Jedis jedis) {
    this.address = address;
    this.place = place;
    this.consumer = consumer;
    this.jedis = jedis;
  }

  static void join(Place place) throws IOException {
    RedisAddress address = RedisAddress.of(place.server());
    try (Jedis jedis = address.connect(LONGEST_WAIT)) {
      makeGroup(jedis, place, StreamEntryID.XGROUP_LAST_ENTRY);
    } catch (JedisException e) {
      throw address.failure(e);
    }
  }

  static RedisStream open(Place place, String consumer) throws IOException {
    RedisAddress address = RedisAddress.of(place.server());
    Jedis jedis = address.connect(LONGEST_WAIT);
    try {
      makeGroup(jedis, place, BEGINNING); // it joined once, so what is there came since
      return new RedisStream(address, place, consumer, jedis);
    } catch (JedisException e) {
      jedis.close();
      throw address.failure(e);
    }
  }

  private static void makeGroup(Jedis jedis, Place place, StreamEntryID from) {
    try {
      jedis.xgroupCreate(place.stream(), place.group(), from, true);
    } catch (JedisDataException e) {
      if (!String.valueOf(e.getMessage()).startsWith("BUSYGROUP")) {
        throw e;
      }
    }
  }

  @Override
  public List<Message> next(Duration longest) throws IOException {
    try {
      takeOver();
      if (hasOwn) {
        List<StreamEntryBinary> own = read(BEGINNING, null);
        hasOwn = !own.isEmpty();
        if (hasOwn) {
          return messages(own);
        }
      }
      return messages(read(StreamEntryID.XREADGROUP_UNDELIVERED_ENTRY, longest));
    } catch (JedisException e) {
      throw address.failure(e);
    }
  }

  /** What is taken over is found among our own afterwards. */
  private void takeOver() {
    long now = System.nanoTime();
    if (now - claimed >= BETWEEN_CLAIMS.toNanos()) {
      claimed = now;
      hasOwn |=
          !jedis
              .xautoclaimJustId(
                  place.stream(),
                  place.group(),
                  consumer,
                  DEAD.toMillis(),
                  BEGINNING,
                  new XAutoClaimParams().count(BATCH))
              .getValue()
              .isEmpty();
    }
  }

  private List<StreamEntryBinary> read(StreamEntryID from, @Nullable Duration longest) {
    XReadGroupParams how = new XReadGroupParams().count(BATCH);
    if (longest != null) {
      how.block((int) Math.min(longest.toMillis(), LONGEST_WAIT.toMillis()));
    }
    List<Map.Entry<byte[], List<StreamEntryBinary>>> read =
        jedis.xreadGroupBinary(
            place.group().getBytes(UTF_8),
            consumer.getBytes(UTF_8),
            how,
            Map.of(place.stream().getBytes(UTF_8), from));
    return read == null || read.isEmpty() ? List.of() : read.get(0).getValue();
  }

  private List<Message> messages(List<StreamEntryBinary> entries) {
    List<Message> messages = new ArrayList<>();
    given = entries.stream().map(StreamEntryBinary::getID).toList();
    for (StreamEntryBinary entry : entries) {
      if (entry.getFields() == null || entry.getFields().isEmpty()) {
        acknowledge(List.of(entry.getID()));
        LOG.warn("{} of {} was deleted before it was read", entry.getID(), place);
      } else {
        messages.add(message(entry));
      }
    }
    return messages;
  }

  private static Message message(StreamEntryBinary entry) {
    Map<String, byte[]> fields = new LinkedHashMap<>();
    entry.getFields().forEach((name, value) -> fields.put(new String(name, UTF_8), value));
    return Message.of(entry.getID().toString(), fields, fields.remove(BODY));
  }

  @Override
  public void confirm() throws IOException {
    try {
      acknowledge(given);
    } catch (JedisException e) {
      throw address.failure(e);
    }
  }

  private void acknowledge(List<StreamEntryID> ids) {
    jedis.xack(place.stream(), place.group(), ids.toArray(StreamEntryID[]::new));
  }

  /** Leaves its group, unless it has something that another must take over. */
  @Override
  public void close() {
    try (jedis) {
      if (!jedis.isBroken()
          && jedis
              .xpending(
                  place.stream(), place.group(), new XPendingParams("-", "+", 1).consumer(consumer))
              .isEmpty()) {
        jedis.xgroupDelConsumer(place.stream(), place.group(), consumer);
      }
    } catch (JedisException e) {
      LOG.debug("{} stays in {}", consumer, place, e); // its name is all that stays
    }
  }
}
