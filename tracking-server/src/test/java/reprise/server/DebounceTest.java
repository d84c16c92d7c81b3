package reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reprise.ledger.Firing;
import reprise.ledger.FiringStatus;
import reprise.ledger.JobPolicy.WhilePaused;
import reprise.ledger.Trigger;
import reprise.ledger.Wire;

/** What comes close together is one firing, where a trigger wants that. */
@Timeout(60)
class DebounceTest extends JobServerTest {
  private long webhook;
  private int messages;

  private void setWebhook(int debounceSeconds) throws Exception {
    webhook = set(new Trigger.Webhook(debounceSeconds)).id();
  }

  private HttpResponse<String> message(String delivery, String rate) throws Exception {
    String body = "{\"parameters\":{\"rate\":\"%s\"}}".formatted(rate);
    return message(webhook, now, delivery, body, secret(webhook));
  }

  private void message(String rate) throws Exception {
    HttpResponse<String> answer = message("d-" + messages++, rate);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
  }

  @Test
  void messages_closeTogether_areOneFiringWithTheLastOnesParameters() throws Exception {
    setWebhook(30);
    Instant first = now;
    message("0.1");
    now = first.plusSeconds(20);
    message("0.2");
    now = first.plusSeconds(40);
    HttpResponse<String> last = message("last", "0.3");
    assertThat(Wire.JSON.readTree(last.body()).path("begins").asText())
        .isEqualTo(first.plusSeconds(70).toString());
    now = first.plusSeconds(69);
    firings(0);
    now = first.plusSeconds(70);
    Firing firing = firings(1).get(0);
    assertThat(firing.parameters()).containsExactly(Map.entry("rate", "0.3"));
    assertThat(firing.cause()).isEqualTo("webhook " + webhook + ", the last of 3 events");
    assertThat(firing.status()).isEqualTo(FiringStatus.RUNNING);
    assertThat(message("d-0", "0.1").statusCode()).isEqualTo(409); // all keys are used up
    assertThat(message("last", "0.3").statusCode()).isEqualTo(409);
    assertThat(trigger().next()).isNull();
  }

  @Test
  void messages_thatNeverCease_waitTenTimesAsLongAtMost() throws Exception {
    setWebhook(10);
    Instant first = now;
    for (int second = 0; second < 100; second += 5) {
      now = first.plusSeconds(second);
      message("0.1");
    }
    assertThat(trigger().next()).isEqualTo(first.plusSeconds(100));
    now = first.plusSeconds(100);
    assertThat(firings(1).get(0).cause()).endsWith("the last of 20 events");
    message("0.2");
    assertThat(trigger().next()).isEqualTo(first.plusSeconds(110));
  }

  @Test
  void message_waitingWhenTheServerEnds_isFiredByTheNext() throws Exception {
    setWebhook(30);
    message("0.1");
    server.close();
    now = now.plusSeconds(3600);
    server = start(settings());
    assertThat(firings(1).get(0).cause()).isEqualTo("webhook " + webhook);
  }

  @Test
  void message_waitingWhenTheClockIsSetBack_isFired() throws Exception {
    setWebhook(30);
    message("0.1");
    now = now.minus(Duration.ofDays(1));
    firings(1);
  }

  @Test
  void quiet_endingInAPause_isLeftOutAsThePolicySays() throws Exception {
    setWebhook(30);
    message("0.1");
    pause(WhilePaused.DROP);
    now = now.plusSeconds(30);
    assertThat(firings(1).get(0).why()).isEqualTo("the job was paused");
    message("0.2"); // comes in the pause, and is wanted when that is over
    resume();
    now = now.plusSeconds(30);
    assertThat(firings(2).get(1).status()).isEqualTo(FiringStatus.RUNNING);
  }

  @Test
  void trigger_takenAwayWhileSomethingWaits_firesNothing() throws Exception {
    setWebhook(30);
    message("0.1");
    send("DELETE", "/api/jobs/daily/triggers/" + webhook, null);
    setWebhook(30); // may have the same number
    now = now.plusSeconds(60);
    firings(0);
  }

  @Test
  void files_togetherAndDebounced_areAllInTheOneFiring() throws Exception {
    now = Instant.now().minusSeconds(1);
    Path inbox = Files.createDirectory(folder.resolve("inbox"));
    set(new Trigger.Directory(inbox.toString(), "*.csv", null, 1, "day", true, 30));
    for (String name : new String[] {"a.csv", "b.csv"}) {
      Files.createFile(inbox.resolve(name));
      Thread.sleep(1500);
      now = now.plusSeconds(10);
      Thread.sleep(1500);
    }
    firings(0);
    now = now.plusSeconds(30);
    assertThat(firings(1).get(0).parameters())
        .containsExactly(Map.entry("day", inbox.resolve("a.csv") + "\n" + inbox.resolve("b.csv")));
  }

  @Test
  void set_quietThatCannotBe_isRefused() throws Exception {
    HttpResponse<String> answer = send("POST", "/api/jobs/daily/triggers", new Trigger.Webhook(0));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(title(answer)).isEqualTo("debounceSeconds is a whole number from 1 to 86400");
  }
}
