package reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reprise.ledger.AttemptStatus;
import reprise.ledger.Firing;
import reprise.ledger.FiringStatus;
import reprise.ledger.JobName;
import reprise.ledger.JobPolicy.CatchUp;
import reprise.ledger.JobPolicy.Overlap;
import reprise.ledger.JobPolicy.WhilePaused;
import reprise.ledger.JobTrigger;
import reprise.ledger.Trigger;

/** Somebody sets the clock of a server's machine wrong by a day, and right again. */
@Timeout(60)
class ClockSetTest extends JobTest {
  private static final Duration DAY = Duration.ofDays(1);

  private Firing await(long firing, AttemptStatus status) throws Exception {
    Firing it = get("/api/firings/" + firing, Firing.class);
    while (it.attempts().stream().noneMatch(each -> each.status() == status)) {
      Thread.sleep(20);
      it = get("/api/firings/" + firing, Firing.class);
    }
    return it;
  }

  @Test
  void attempt_underWay_goesOnAndIsTheOnlyOne() throws Exception {
    reproducer("while [ ! -e \"$REPRISE_HOME/go\" ]; do sleep 0.05; done\n" + SUCCESS);
    promote();
    Firing firing = await(runNow(Map.of()).firing(), AttemptStatus.RUNNING);
    now = now.plus(DAY);
    Thread.sleep(5_000); // whoever looks for the dead has looked
    now = now.minus(DAY);
    Thread.sleep(5_000);
    Files.createFile(folder.resolve("go"));
    Firing done = ended(firing.firing());
    assertThat(done.status()).isEqualTo(FiringStatus.SUCCEEDED);
    assertThat(done.attempts()).hasSize(1);
  }

  @Test
  void retry_putOffByAClockThatWasAhead_isMadeAllTheSame() throws Exception {
    reproducer(FAILURE);
    promote();
    policy(policy(1, Overlap.QUEUE, CatchUp.LATEST, WhilePaused.DROP, 2, 3600));
    now = now.plus(DAY);
    long firing = await(runNow(Map.of()).firing(), AttemptStatus.WAITING).firing();
    while (get("/api/firings/" + firing, Firing.class).attempts().size() < 2) {
      Thread.sleep(20);
    }
    reproducer(SUCCESS);
    now = now.minus(DAY);
    assertThat(ended(firing).status()).isEqualTo(FiringStatus.SUCCEEDED);
  }

  @Test
  void everyAndOnce_fireEachTimeOnceAndGoOn() throws Exception {
    promote();
    set(new Trigger.Every(3600, null));
    set(new Trigger.Once(now.plus(Duration.ofMinutes(90))));
    now = now.plus(DAY);
    assertThat(settled(2)).hasSize(2); // the latest hour, and the once
    now = now.minus(DAY).plus(Duration.ofMinutes(5));
    settled(2);
    now = now.plus(Duration.ofHours(2));
    List<Firing> all = settled(3);
    assertThat(all).hasSize(3);
    assertThat(all.stream().map(Firing::due).distinct()).hasSize(3);
  }

  @Test
  void directory_fileThatCameWhileTheClockWasAhead_settlesWhenItIsRightAgain() throws Exception {
    promote();
    now = Instant.now().minusSeconds(1);
    Path inbox = Files.createDirectory(folder.resolve("inbox"));
    set(new Trigger.Directory(inbox.toString(), "*.csv", null, 1, "day", false, null));
    now = now.plus(DAY);
    Files.writeString(inbox.resolve("a.csv"), "whole");
    Thread.sleep(1500); // it has been seen, and lies still since a moment that is yet to come
    now = Instant.now();
    Thread.sleep(1500);
    now = now.plusSeconds(2);
    assertThat(settled(1)).hasSize(1);
  }

  @Test
  void latest_leadsToWhatIsMadeOnceTheClockIsRightAgain() throws Exception {
    promote();
    Path latest = folder.resolve("server/jobs/daily/latest/report.csv");
    now = now.plus(DAY);
    ended(runNow(Map.of()).firing());
    now = now.minus(DAY);
    reproducer(SUCCESS.replace("printf made", "printf anew"));
    ended(runNow(Map.of()).firing());
    while (!Files.readString(latest).equals("anew")) {
      Thread.sleep(20);
    }
  }

  @Test
  void webhook_messageOfTheRightTime_isTakenOnceItIsThatTimeHereAndNeverTwice() throws Exception {
    promote();
    long trigger = set(new Trigger.Webhook(null)).id();
    String secret = secret(trigger);
    Instant right = now;
    for (Duration wrong : List.of(DAY, DAY.negated())) {
      now = right.plus(wrong);
      HttpResponse<String> refused = message(trigger, right, "d-1", "", secret);
      assertThat(refused.statusCode()).isEqualTo(401);
      assertThat(title(refused)).contains("more than 5 minutes");
    }
    now = right;
    assertThat(message(trigger, right, "d-1", "", secret).statusCode()).isEqualTo(200);
    now = right.plus(DAY);
    settled(1);
    now = right;
    assertThat(message(trigger, right, "d-1", "", secret).statusCode()).isEqualTo(409);
    assertThat(settled(1)).hasSize(1);
  }

  @Test
  void after_jobThatEndsWhileTheClockIsWrong_startsTheOneThatFollowsOnce() throws Exception {
    promote();
    promote("next");
    ask(
        "POST",
        "/api/jobs/next/triggers",
        new Trigger.After(new JobName("daily"), Trigger.After.End.SUCCESS, null),
        JobTrigger.class);
    Instant right = now;
    for (Duration wrong : List.of(DAY, DAY.negated(), Duration.ZERO)) {
      now = right.plus(wrong);
      ended(runNow(Map.of()).firing());
    }
    Firing[] next = get("/api/jobs/next/firings", Firing[].class);
    assertThat(next).hasSize(3);
    for (Firing each : next) {
      assertThat(ended(each.firing()).status()).isEqualTo(FiringStatus.SUCCEEDED);
    }
  }
}
