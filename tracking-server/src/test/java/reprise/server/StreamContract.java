package reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.ResourceLockTarget;
import reprise.ledger.Firing;
import reprise.ledger.FiringStatus;
import reprise.ledger.Home;
import reprise.ledger.JobPolicy.WhilePaused;
import reprise.ledger.JobSummary;
import reprise.ledger.JobTrigger;
import reprise.ledger.Trigger;

/**
 * What every kind of stream promises to jobs. A new kind is done when it passes this. Its tests
 * share a server of streams, wait most of the time, and so are passed side by side.
 */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(
    value = StreamContract.SERVER,
    mode = ResourceAccessMode.READ,
    target = ResourceLockTarget.CHILDREN)
public abstract class StreamContract extends JobServerTest {
  /** Whose test is alone with the server of streams has this lock for itself. */
  static final String SERVER = "server of streams";

  /** The name of this test's own stream. */
  protected final String stream = "orders-" + UUID.randomUUID();

  /** Who reads it. */
  protected String group() {
    return "reprise-daily";
  }

  /** A trigger that hears {@link #stream}. */
  protected abstract Trigger trigger(
      @Nullable String parameter, @Nullable String key, @Nullable Integer debounceSeconds);

  /** Writes a message. */
  protected abstract void write(Map<String, String> fields, String text) throws Exception;

  /** Writes a message wherever it may get to another reader than the one before. */
  protected void scatter(String text) throws Exception {
    write(Map.of(), text);
  }

  /** Writes these messages, as fast as it can. */
  protected abstract void write(List<String> texts) throws Exception;

  /** Writes a message that is no text. */
  protected abstract void writeBytes(byte[] bytes) throws Exception;

  /** Another reader of the group gets what is there and dies before it confirms. */
  protected abstract void readAndDie() throws Exception;

  /** Has the stream forget how far the group has read. */
  protected abstract void rewind() throws Exception;

  /** How many messages the stream holds that nobody has confirmed. */
  protected abstract long unconfirmed() throws Exception;

  protected abstract void stopServer() throws Exception;

  protected abstract void restartServer() throws Exception;

  protected final void setTrigger() throws Exception {
    set(trigger(null, null, null));
  }

  /** What is answered to a trigger that cannot hear its stream. */
  protected final String refusal(Trigger trigger) throws Exception {
    HttpResponse<String> answer = send("POST", "/api/jobs/daily/triggers", trigger);
    assertThat(answer.statusCode()).isEqualTo(502);
    return title(answer);
  }

  /** What happens while no tracking server is there. */
  protected interface Happening {
    void happen() throws Exception;
  }

  protected final void whileAway(Happening happening) throws Exception {
    server.close();
    happening.happen();
    server = start(settings());
  }

  protected final void awaitConfirmed() throws Exception {
    while (unconfirmed() > 0) {
      Thread.sleep(20);
    }
  }

  protected static String rate(Object value) {
    return "{\"parameters\":{\"rate\":\"%s\"}}".formatted(value);
  }

  @Test
  void message_deliveredAgain_startedTheJobOnce() throws Exception {
    write(Map.of(), rate("0.1")); // before anybody listens
    setTrigger();
    assertThat(((Trigger.Stream) trigger().trigger()).group()).isEqualTo(group());
    write(Map.of(), rate("0.7"));
    Firing firing = firings(1).get(0);
    assertThat(firing.status()).isEqualTo(FiringStatus.RUNNING);
    assertThat(firing.parameters()).containsExactly(Map.entry("rate", "0.7"));
    assertThat(firing.cause()).startsWith("message ").endsWith(" of " + stream);
    awaitConfirmed();
    whileAway(this::rewind);
    List<Firing> all = firings(2); // with that from before, which the rewound group reads too
    assertThat(all.get(1).parameters()).containsExactly(Map.entry("rate", "0.1"));
    awaitConfirmed();
  }

  @Test
  void message_whileTheClockIsADayAheadAndADayBack_startsTheJobOnceEach() throws Exception {
    Instant right = now;
    setTrigger();
    write(Map.of(), rate("0.1"));
    firings(1);
    now = right.plus(Duration.ofDays(1));
    write(Map.of(), rate("0.2"));
    firings(2);
    awaitConfirmed();
    now = right.minus(Duration.ofDays(1));
    write(Map.of(), rate("0.3"));
    firings(3);
    awaitConfirmed();
    whileAway(this::rewind);
    now = right;
    write(Map.of(), rate("0.4"));
    assertThat(firings(4).stream().map(it -> it.parameters().get("rate")))
        .containsExactly("0.1", "0.2", "0.3", "0.4");
    awaitConfirmed();
    firings(4); // and no more
  }

  @Test
  void message_wholeToAParameter_isGivenAsItIs() throws Exception {
    set(trigger("day", null, null));
    write(Map.of(), "grüße {\n");
    assertThat(firings(1).get(0).parameters()).containsExactly(Map.entry("day", "grüße {\n"));
  }

  @Test
  void message_sameKeyTwice_isOneFiring() throws Exception {
    set(trigger(null, "order", null));
    write(Map.of("order", "A-1"), rate("0.1"));
    write(Map.of("order", "A-1"), rate("0.2"));
    write(Map.of(), "{\"order\":\"A-1\",\"parameters\":{\"rate\":\"0.3\"}}");
    write(Map.of("order", "A-2"), rate("0.4"));
    write(Map.of(), rate("0.5")); // has none, and counts for itself
    assertThat(firings(3).stream().map(it -> it.parameters().get("rate")))
        .containsExactly("0.1", "0.4", "0.5");
    awaitConfirmed();
  }

  @Test
  void reader_diedBeforeItConfirmed_isTakenOver() throws Exception {
    setTrigger();
    whileAway(
        () -> {
          write(Map.of(), rate("0.1"));
          readAndDie();
          write(Map.of(), rate("0.2"));
        });
    assertThat(firings(2).stream().map(it -> it.parameters().get("rate")))
        .containsExactlyInAnyOrder("0.1", "0.2");
    awaitConfirmed();
  }

  @Test
  @ResourceLock(SERVER)
  void server_awayAndBack_isComplainedOfAndHealsByItself() throws Exception {
    setTrigger();
    write(Map.of(), rate("0.1"));
    firings(1);
    awaitConfirmed();
    stopServer();
    try {
      while (trigger().complaint() == null) {
        Thread.sleep(50);
      }
      assertThat(trigger().complaint()).contains("does not answer");
    } finally {
      restartServer();
    }
    write(Map.of(), rate("0.2"));
    assertThat(firings(2).get(1).parameters()).containsExactly(Map.entry("rate", "0.2"));
    assertThat(trigger().complaint()).isNull();
  }

  @Test
  void message_thatTheJobCannotRead_isLeftOutWithItsReasonAndHoldsNothingUp() throws Exception {
    setTrigger();
    write(Map.of(), "no JSON");
    write(Map.of(), "{\"parameters\":{\"speed\":\"1\"}}");
    write(Map.of(), rate("fast"));
    write(Map.of(), "{\"parameters\":{\"rate\":null}}");
    write(Map.of(), "{\"parameters\":{\"day\":\"{due:b}\"}}");
    writeBytes(new byte[] {(byte) 0xff, 'x'});
    write(Map.of(), rate("0.7"));
    List<Firing> all = firings(7);
    assertThat(statuses(all.subList(0, 6))).containsOnly(FiringStatus.SKIPPED);
    assertThat(all.stream().map(Firing::why).limit(6))
        .allSatisfy(
            why -> assertThat(why).startsWith("the message says nothing that the job understands"));
    assertThat(all.get(0).why()).contains("cannot be read at line 1");
    assertThat(all.get(1).why()).contains("no parameter 'speed'", "rate (double), day (String)");
    assertThat(all.get(2).why()).contains("'fast' is not a value of type double");
    assertThat(all.get(5).why()).contains("not in UTF-8");
    assertThat(all.get(6).status()).isEqualTo(FiringStatus.RUNNING);
    awaitConfirmed();
  }

  @Test
  void message_inAPause_isLeftOutOrWaitsAsThePolicySays() throws Exception {
    setTrigger();
    pause(WhilePaused.DROP);
    write(Map.of(), rate("0.1"));
    Firing dropped = firings(1).get(0);
    assertThat(dropped.status()).isEqualTo(FiringStatus.SKIPPED);
    assertThat(dropped.why()).isEqualTo("the job was paused");
    pause(WhilePaused.KEEP);
    write(Map.of(), rate("0.2"));
    assertThat(firings(2).get(1).status()).isEqualTo(FiringStatus.QUEUED);
    awaitConfirmed();
    resume();
    assertThat(statuses(firings(2))).containsExactly(FiringStatus.SKIPPED, FiringStatus.RUNNING);
  }

  @Test
  void messages_twoServersOnOneDatabase_areEachOneFiring() throws Exception {
    setTrigger();
    Home second = new Home(Files.createDirectory(folder.resolve("second")));
    Settings same =
        new Settings(
            "127.0.0.1",
            0,
            second,
            database(),
            settings().files(),
            folder.resolve("kept"),
            null,
            null,
            1,
            settings().environment());
    try (TrackingServer other = start(same)) {
      for (int i = 0; i < 20; i++) {
        scatter(rate(i));
        Thread.sleep(25);
      }
      server.close(); // what it was given is in the database, or goes to the other
      for (int i = 20; i < 40; i++) {
        scatter(rate(i));
      }
      server = start(settings());
      assertThat(firings(40).stream().map(it -> it.parameters().get("rate")))
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(0, 40).mapToObj(String::valueOf).toList());
      assertThat(other.url()).isNotEqualTo(server.url());
      awaitConfirmed();
    }
  }

  @Test
  void messages_aThousandAtOnce_allStandInTheHistory() throws Exception {
    setTrigger();
    pause(WhilePaused.KEEP);
    write(IntStream.range(0, 1000).mapToObj(StreamContract::rate).toList());
    while (firings() < 1000) {
      Thread.sleep(20);
    }
    awaitConfirmed();
    assertThat(firings()).isEqualTo(1000);
  }

  @Test
  void messages_debounced_areOneFiringAfterTheQuiet() throws Exception {
    set(trigger(null, null, 30));
    write(IntStream.range(0, 5).mapToObj(StreamContract::rate).toList());
    awaitConfirmed();
    JobTrigger waiting = trigger();
    while (waiting.next() == null) {
      Thread.sleep(20);
      waiting = trigger();
    }
    assertThat(waiting.next()).isEqualTo(now.plusSeconds(30));
    assertThat(get("/api/jobs/daily", JobSummary.class).next()).isEqualTo(now.plusSeconds(30));
    firings(0);
    now = now.plusSeconds(30);
    Firing firing = firings(1).get(0);
    assertThat(firing.parameters()).containsExactly(Map.entry("rate", "4"));
    assertThat(firing.cause()).endsWith(", the last of 5 events");
  }

  @Test
  void trigger_takenAway_isHeardNoMore() throws Exception {
    setTrigger();
    write(Map.of(), rate("0.1"));
    firings(1);
    awaitConfirmed();
    String path = "/api/jobs/daily/triggers/" + trigger().id();
    assertThat(send("DELETE", path, null).statusCode()).isEqualTo(204);
    Thread.sleep(1000);
    write(Map.of(), rate("0.2"));
    firings(1);
  }
}
