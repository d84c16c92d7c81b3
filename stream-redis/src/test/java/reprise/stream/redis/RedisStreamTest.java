package reprise.stream.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XAddParams;
import redis.clients.jedis.params.XClaimParams;
import redis.clients.jedis.params.XReadGroupParams;
import redis.clients.jedis.resps.StreamEntry;
import redis.clients.jedis.resps.StreamGroupInfo;
import reprise.ledger.Firing;
import reprise.ledger.Trigger;
import reprise.server.StreamContract;

@Tag("redis")
class RedisStreamTest extends StreamContract {
  @TempDir static Path data;
  private static RedisServer redis;
  private static RedisServer closed;

  @BeforeAll
  static void serve() throws Exception {
    redis = new RedisServer(data.resolve("open"), null);
    closed = new RedisServer(data.resolve("closed"), "s3cret");
  }

  @AfterAll
  static void end() throws Exception {
    redis.close();
    closed.close();
  }

  @Override
  protected Map<String, String> environment() {
    Map<String, String> all = new HashMap<>(super.environment());
    all.put("ORDERS_REDIS", "redis://:s3cret@127.0.0.1:" + closed.port());
    all.put("WRONG_REDIS", "redis://:wrong@127.0.0.1:" + closed.port());
    all.put("NO_REDIS", "redis://:s3cret@127.0.0.1 ");
    return all;
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

  private Trigger.Redis at(String url) {
    return new Trigger.Redis(url, stream, null, null, "order", null);
  }

  @Test
  void address_inAVariable_letsInAndIsNeverShown() throws Exception {
    set(at("ORDERS_REDIS"));
    try (Jedis jedis = closed.client()) {
      jedis.xadd(stream, StreamEntryID.NEW_ENTRY, Map.of("rate", "0.7", "order", "A-1"));
    }
    firings(1);
    assertThat(((Trigger.Redis) trigger().trigger()).url()).isEqualTo("ORDERS_REDIS");
    closed.stop();
    try {
      while (trigger().complaint() == null) {
        Thread.sleep(50);
      }
      assertThat(trigger().complaint()).doesNotContain("s3cret");
    } finally {
      closed.start();
    }
    assertThat(refusal(at("WRONG_REDIS"))).contains("refuses: WRONGPASS").doesNotContain(":wrong");
    assertThat(refusal(at("NO_REDIS"))).contains("is no URL").doesNotContain("s3cret");
  }

  @Test
  void entry_withoutABody_hasItsFieldsForParameters() throws Exception {
    set(at("redis://127.0.0.1:" + redis.port()));
    try (Jedis jedis = redis.client()) {
      jedis.xadd(
          stream, StreamEntryID.NEW_ENTRY, Map.of("rate", "0.7", "day", "friday", "order", "A-1"));
      jedis.xadd(stream, StreamEntryID.NEW_ENTRY, Map.of("speed", "1"));
    }
    List<Firing> all = firings(2);
    assertThat(all.get(0).parameters())
        .containsOnly(Map.entry("rate", "0.7"), Map.entry("day", "friday"));
    assertThat(all.get(0).key()).endsWith(":order=A-1");
    assertThat(all.get(1).why()).contains("no parameter 'speed'");
  }

  @Test
  void entry_deletedBeforeItWasTakenOver_holdsNothingUp() throws Exception {
    setTrigger();
    whileAway(
        () -> {
          write(Map.of(), rate("0.1"));
          readAndDie();
          try (Jedis jedis = redis.client()) {
            jedis.xdel(stream, jedis.xinfoStream(stream).getLastGeneratedId());
          }
          write(Map.of(), rate("0.2"));
        });
    assertThat(firings(1).get(0).parameters()).containsExactly(Map.entry("rate", "0.2"));
    awaitConfirmed();
  }

  @Test
  void stream_deletedWhileItIsHeard_isHeardAnewFromItsBeginning() throws Exception {
    setTrigger();
    write(Map.of(), rate("0.1"));
    firings(1);
    try (Jedis jedis = redis.client()) {
      jedis.del(stream);
    }
    write(Map.of(), rate("0.2"));
    assertThat(firings(2).get(1).parameters()).containsExactly(Map.entry("rate", "0.2"));
  }

  @Test
  void set_serverThatIsNotThere_isRefused() throws Exception {
    assertThat(refusal(at("redis://127.0.0.1:1")))
        .startsWith("Redis at 127.0.0.1:1 does not answer");
    assertThat(refusal(at("http://127.0.0.1"))).contains("redis://localhost:6379");
  }
}
