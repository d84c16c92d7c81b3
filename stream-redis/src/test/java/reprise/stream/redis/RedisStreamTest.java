package reprise.stream.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XAddParams;
import redis.clients.jedis.params.XClaimParams;
import redis.clients.jedis.params.XReadGroupParams;
import redis.clients.jedis.resps.StreamEntry;
import redis.clients.jedis.resps.StreamGroupInfo;
import reprise.ledger.Trigger;
import reprise.server.StreamContract;

@Tag("redis")
class RedisStreamTest extends StreamContract {
  @TempDir static Path data;
  private static RedisServer redis;

  @BeforeAll
  static void serve() throws Exception {
    redis = new RedisServer(data);
  }

  @AfterAll
  static void end() throws Exception {
    redis.close();
  }

  @Override
  protected Trigger trigger(
      @Nullable String parameter, @Nullable String key, @Nullable Integer debounceSeconds) {
    String url = "redis://127.0.0.1:" + redis.port();
    return new Trigger.Redis(url, stream, null, parameter, key, debounceSeconds);
  }

  @Override
  protected void write(Map<String, String> fields, String text) {
    Map<String, String> entry = new HashMap<>(fields);
    entry.put("body", text);
    try (Jedis jedis = redis.client()) {
      jedis.xadd(stream, StreamEntryID.NEW_ENTRY, entry);
    }
  }

  @Override
  protected void write(List<String> texts) {
    try (Jedis jedis = redis.client()) {
      Pipeline all = jedis.pipelined();
      texts.forEach(it -> all.xadd(stream, StreamEntryID.NEW_ENTRY, Map.of("body", it)));
      all.sync();
    }
  }

  @Override
  protected void writeBytes(byte[] bytes) {
    try (Jedis jedis = redis.client()) {
      jedis.xadd(stream.getBytes(UTF_8), new XAddParams(), Map.of("body".getBytes(UTF_8), bytes));
    }
  }

  @Override
  protected void readAndDie() {
    try (Jedis jedis = redis.client()) {
      List<StreamEntry> read =
          jedis
              .xreadGroup(
                  group(),
                  "dead",
                  new XReadGroupParams(),
                  Map.of(stream, StreamEntryID.XREADGROUP_UNDELIVERED_ENTRY))
              .get(0)
              .getValue();
      for (StreamEntry entry : read) { // as if that had been a minute ago
        jedis.xclaim(stream, group(), "dead", 0, new XClaimParams().idle(60_000), entry.getID());
      }
    }
  }

  @Override
  protected void rewind() {
    try (Jedis jedis = redis.client()) {
      jedis.xgroupSetID(stream, group(), new StreamEntryID(0, 0));
    }
  }

  @Override
  protected long unconfirmed() {
    try (Jedis jedis = redis.client()) {
      StreamGroupInfo group = jedis.xinfoGroups(stream).get(0);
      boolean read =
          group.getLastDeliveredId().equals(jedis.xinfoStream(stream).getLastGeneratedId());
      return group.getPending() + (read ? 0 : 1);
    }
  }

  @Override
  protected void stopServer() throws Exception {
    redis.stop();
  }

  @Override
  protected void restartServer() throws Exception {
    redis.start();
  }
}
