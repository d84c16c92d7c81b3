package reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reprise.ledger.Backfill;
import reprise.ledger.Firing;
import reprise.ledger.FiringStatus;
import reprise.ledger.Job;
import reprise.ledger.JobPolicy.CatchUp;
import reprise.ledger.JobPolicy.Overlap;
import reprise.ledger.JobPolicy.WhilePaused;
import reprise.ledger.JobSummary;
import reprise.ledger.JobTrigger;
import reprise.ledger.Trigger;

/** When jobs start, by the clock and by hand for times past. */
@Timeout(60)
class JobTimesTest extends JobTest {
  @Test
  void clock_timeComes_firesOnceForIt() throws Exception {
    promote();
    JobTrigger trigger = set(new Trigger.Cron("0 12 * * *", "UTC", List.of()));
    assertThat(trigger.next()).isEqualTo(Instant.parse("2026-11-22T12:00:00Z"));
    now = Instant.parse("2026-11-22T12:00:00.200Z");
    List<Firing> firings = settled(1);
    assertThat(firings).hasSize(1);
    assertThat(firings.get(0).due()).isEqualTo(Instant.parse("2026-11-22T12:00:00Z"));
    assertThat(firings.get(0).cause()).isEqualTo("cron 0 12 * * * (UTC)");
    assertThat(firings.get(0).status()).isEqualTo(FiringStatus.SUCCEEDED);
  }

  @Test
  void clock_twoTriggersAtOneTime_fireOnce() throws Exception {
    promote();
    set(new Trigger.Cron("0 12 * * *", "UTC", List.of()));
    set(new Trigger.Once(Instant.parse("2026-11-22T12:00:00Z")));
    now = Instant.parse("2026-11-22T12:00:01Z");
    assertThat(settled(1)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"NONE,0", "LATEST,1", "ALL,3"})
  void clock_serverAwayForDays_catchesUpAsThePolicySays(CatchUp catchUp, int fired)
      throws Exception {
    promote();
    policy(policy(1, Overlap.QUEUE, catchUp, WhilePaused.DROP, 1));
    set(new Trigger.Cron("0 12 * * *", "UTC", List.of()));
    server.close();
    now = Instant.parse("2026-11-27T15:00:00Z"); // noon came six times
    server = start(settings());
    List<Firing> firings = settled(fired);
    assertThat(firings).hasSize(fired);
    if (fired > 0) {
      assertThat(firings.get(firings.size() - 1).due())
          .isEqualTo(Instant.parse("2026-11-27T12:00:00Z"));
      assertThat(firings.get(firings.size() - 1).cause())
          .endsWith("%d earlier times passed over".formatted(6 - fired));
    }
    now = Instant.parse("2026-11-28T12:00:00Z");
    assertThat(settled(fired + 1)).hasSize(fired + 1);
  }

  @Test
  void clock_setForwardAndBackADay_firesEachTimeOnceAndGoesOn() throws Exception {
    promote();
    set(new Trigger.Cron("0 * * * *", "UTC", List.of()));
    now = Instant.parse("2026-11-22T11:00:00Z");
    settled(1);
    now = Instant.parse("2026-11-23T11:00:00Z"); // a day ahead: the latest is made up for
    settled(2);
    now = Instant.parse("2026-11-22T11:05:00Z"); // and back
    settled(2);
    now = Instant.parse("2026-11-22T12:00:00Z");
    assertThat(settled(3)).hasSize(3);
    now = Instant.parse("2026-11-23T11:00:30Z"); // that time was fired when the clock was wrong
    List<Firing> all = settled(3);
    assertThat(all.stream().map(Firing::due).distinct().count()).isEqualTo(all.size());
  }

  @Test
  void pause_dropping_leavesTimesOut() throws Exception {
    promote();
    set(new Trigger.Cron("0 12 * * *", "UTC", List.of()));
    ask("PUT", "/api/jobs/daily/pause", null, Job.class);
    now = Instant.parse("2026-11-22T12:00:00Z");
    Thread.sleep(600);
    ask("DELETE", "/api/jobs/daily/pause", null, Job.class);
    Thread.sleep(600);
    assertThat(history()).isEmpty();
    now = Instant.parse("2026-11-23T12:00:00Z");
    assertThat(settled(1)).hasSize(1);
  }

  @Test
  void pause_keeping_makesUpForTimesAfterwardsAndStillRunsByHand() throws Exception {
    promote();
    policy(policy(1, Overlap.QUEUE, CatchUp.ALL, WhilePaused.KEEP, 1));
    set(new Trigger.Cron("0 12 * * *", "UTC", List.of()));
    ask("PUT", "/api/jobs/daily/pause", null, Job.class);
    now = Instant.parse("2026-11-23T12:00:00Z");
    Thread.sleep(600);
    assertThat(history()).isEmpty();
    assertThat(ended(runNow(Map.of()).firing()).status()).isEqualTo(FiringStatus.SUCCEEDED);
    assertThat(get("/api/jobs/daily", JobSummary.class).job().paused()).isTrue();
    ask("DELETE", "/api/jobs/daily/pause", null, Job.class);
    assertThat(settled(3)).hasSize(3);
  }

  @Test
  void backfill_stretch_firesOnlyWhatWasNot() throws Exception {
    promote();
    policy(policy(2, Overlap.SKIP, CatchUp.LATEST, WhilePaused.DROP, 1));
    set(new Trigger.Cron("0 12 * * *", "UTC", List.of()));
    now = Instant.parse("2026-11-22T12:00:00Z");
    settled(1);
    Backfill stretch =
        new Backfill(
            Instant.parse("2026-11-19T00:00:00Z"),
            Instant.parse("2026-11-22T23:00:00Z"),
            false,
            null,
            null);
    Backfill preview =
        ask("POST", "/api/jobs/daily/backfills?preview=true", stretch, Backfill.class);
    assertThat(preview.times()).hasSize(4);
    assertThat(preview.known()).isEqualTo(1);
    assertThat(history()).hasSize(1);
    ask("POST", "/api/jobs/daily/backfills", stretch, Backfill.class);
    ask("POST", "/api/jobs/daily/backfills", stretch, Backfill.class);
    List<Firing> all = settled(4);
    while (all.stream().anyMatch(it -> !it.status().isOver())) {
      Thread.sleep(20);
      all = history();
    }
    assertThat(all).hasSize(4);
    assertThat(all.stream().map(Firing::status)).containsOnly(FiringStatus.SUCCEEDED);
    assertThat(get("/api/jobs/daily", JobSummary.class).next())
        .isEqualTo(Instant.parse("2026-11-23T12:00:00Z"));
  }

  @Test
  void times_ofAJob_areTheNextTen() throws Exception {
    promote();
    set(new Trigger.Cron("0 12 * * *", "UTC", List.of("SAT", "SUN")));
    Instant[] times = get("/api/jobs/daily/times", Instant[].class);
    assertThat(times).hasSize(10).isSorted();
    assertThat(times[0]).isEqualTo(Instant.parse("2026-11-23T12:00:00Z")); // a Monday
    assertThat(Arrays.asList(times)).doesNotContain(Instant.parse("2026-11-28T12:00:00Z"));
  }

  @Test
  void set_whatNobodyCanRead_isRefusedInOneSentence() throws Exception {
    promote();
    HttpResponse<String> cron =
        send("POST", "/api/jobs/daily/triggers", new Trigger.Cron("often", "UTC", List.of()));
    assertThat(cron.statusCode()).isEqualTo(400);
    assertThat(title(cron)).contains("'often' is no cron expression", "30 6 * * MON-FRI");
    HttpResponse<String> zone =
        send("POST", "/api/jobs/daily/triggers", new Trigger.Cron("@daily", "Mars", List.of()));
    assertThat(title(zone)).contains("no time zone 'Mars'");
    HttpResponse<String> past =
        send("POST", "/api/jobs/daily/triggers", new Trigger.Once(Instant.EPOCH));
    assertThat(title(past)).contains("has passed");
  }
}
