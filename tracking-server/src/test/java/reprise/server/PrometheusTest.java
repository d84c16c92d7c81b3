package reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reprise.ledger.AlertChannel;
import reprise.ledger.AlertRule;
import reprise.ledger.Firing;
import reprise.ledger.Home;
import reprise.ledger.Job;
import reprise.ledger.JobAlerts;
import reprise.ledger.JobPolicy.CatchUp;
import reprise.ledger.JobPolicy.Overlap;
import reprise.ledger.JobPolicy.WhilePaused;
import reprise.ledger.Trigger;

/** What Prometheus reads, over HTTP, of jobs that really ran. */
@Timeout(60)
class PrometheusTest extends JobTest {
  /** The value of a sample, 0 if there is none. */
  private static double sample(String scraped, String name) {
    return scraped
        .lines()
        .filter(it -> it.startsWith(name + " "))
        .mapToDouble(it -> Double.parseDouble(it.substring(name.length() + 1)))
        .findFirst()
        .orElse(0);
  }

  private String scrape() throws Exception {
    HttpResponse<String> answer = get("/metrics");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .isEqualTo("text/plain; version=0.0.4; charset=utf-8");
    return answer.body();
  }

  private void atWork(long firing) throws Exception {
    while (get("/api/firings/" + firing, Firing.class).attempts().stream()
        .noneMatch(it -> it.startedAt() != null)) {
      Thread.sleep(20);
    }
  }

  @Test
  void metrics_withoutTheToken_areRefused() throws Exception {
    HttpRequest stranger = HttpRequest.newBuilder(at("/metrics")).build();
    assertThat(client.send(stranger, BodyHandlers.ofString()).statusCode()).isEqualTo(401);
  }

  @Test
  void counters_afterFiringsOfEveryOutcome_countEachOnce() throws Exception {
    promote();
    ended(runNow(Map.of()).firing());
    reproducer(FAILURE);
    policy(policy(1, Overlap.QUEUE, CatchUp.LATEST, WhilePaused.DROP, 3));
    ended(runNow(Map.of()).firing());
    reproducer("exec sleep 60");
    long cancelled = runNow(Map.of()).firing();
    atWork(cancelled);
    ask("POST", "/api/firings/" + cancelled + "/cancel", null, Firing.class);
    while (sample(scrape(), attempts("cancelled")) < 1) {
      Thread.sleep(50);
    }
    ask("PUT", "/api/jobs/daily/pause", null, Job.class);

    String scraped = scrape();
    assertThat(sample(scraped, firings("succeeded"))).isEqualTo(1);
    assertThat(sample(scraped, firings("failed"))).isEqualTo(1);
    assertThat(sample(scraped, firings("cancelled"))).isEqualTo(1);
    assertThat(sample(scraped, attempts("succeeded"))).isEqualTo(1);
    assertThat(sample(scraped, attempts("failed"))).isEqualTo(3);
    assertThat(sample(scraped, attempts("cancelled"))).isEqualTo(1);
    assertThat(
            sample(
                scraped, "reprise_attempt_duration_seconds_count{job=\"daily\",status=\"failed\"}"))
        .isEqualTo(3);
    assertThat(sample(scraped, "reprise_attempt_lateness_seconds_count")).isEqualTo(3);
    assertThat(sample(scraped, "reprise_job_paused{job=\"daily\"}")).isEqualTo(1);
  }

  private static String firings(String status) {
    return "reprise_firings_total{job=\"daily\",status=\"%s\"}".formatted(status);
  }

  private static String attempts(String status) {
    return "reprise_attempts_total{job=\"daily\",place=\"here\",status=\"%s\"}".formatted(status);
  }

  @Test
  void lateness_firingFoundAfterItWasDue_isCountedFromWhenItWasDue() throws Exception {
    promote();
    set(new Trigger.Once(now.plusSeconds(100)));
    now = now.plusSeconds(190);
    settled(1);
    String scraped = scrape();
    assertThat(sample(scraped, "reprise_attempt_lateness_seconds_sum")).isEqualTo(90);
    assertThat(sample(scraped, "reprise_attempt_lateness_seconds_bucket{le=\"60.0\"}")).isZero();
    assertThat(sample(scraped, "reprise_attempt_lateness_seconds_bucket{le=\"300.0\"}"))
        .isEqualTo(1);
  }

  @Test
  void gauges_ofOneDatabase_areTheSameOnEachServerAndCountersAreNot() throws Exception {
    promote();
    ended(runNow(Map.of()).firing());
    reproducer("exec sleep 60");
    atWork(runNow(Map.of()).firing());
    runNow(Map.of());
    runNow(Map.of());
    now = now.plus(Duration.ofHours(1));
    Settings mine = settings();
    Settings others =
        new Settings(
            mine.host(),
            0,
            new Home(Files.createDirectories(folder.resolve("other"))),
            mine.database(),
            mine.files(),
            mine.blobs(),
            null,
            null,
            1,
            mine.environment());
    try (TrackingServer second = start(others)) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(second.url() + "/metrics"))
              .header("Authorization", "Bearer " + TOKEN)
              .build();
      String there = client.send(request, BodyHandlers.ofString()).body();
      for (String scraped : List.of(scrape(), there)) {
        assertThat(sample(scraped, "reprise_firings_queued{job=\"daily\"}")).isEqualTo(2);
        assertThat(sample(scraped, "reprise_attempts_at_work{place=\"here\"}")).isEqualTo(1);
        assertThat(sample(scraped, "reprise_job_since_success_seconds{job=\"daily\"}"))
            .isEqualTo(3600);
      }
      assertThat(sample(scrape(), firings("succeeded"))).isEqualTo(1);
      assertThat(there).doesNotContain("reprise_firings_total{");
    }
  }

  @Test
  void alerts_thatDoNotArrive_areCountedAndWait() throws Exception {
    reproducer(FAILURE);
    promote();
    AlertChannel nowhere = new AlertChannel("slack:NOWHERE");
    JobAlerts alerts = new JobAlerts(List.of(nowhere), List.of(new AlertRule.OnFailure()), false);
    ask("PUT", "/api/jobs/daily/alerts", alerts, JobAlerts.class);
    ended(runNow(Map.of()).firing());
    String failed = "reprise_alerts_total{kind=\"slack\",outcome=\"failed\"}";
    while (sample(scrape(), failed) < 1) {
      Thread.sleep(50);
    }
    assertThat(sample(scrape(), failed)).isEqualTo(1); // the next try is some time away
    assertThat(sample(scrape(), "reprise_alerts_waiting")).isEqualTo(1);
  }

  @Test
  void server_atWork_tellsOfItsThreadsRequestsAndEvents() throws Exception {
    promote();
    get("/api/jobs/daily");
    get("/api/jobs/nightly");
    get("/api/nothing-here");
    assertThat(send("DELETE", "/api/nothing-there", null).statusCode()).isEqualTo(404);
    send("PROPFIND", "/api/jobs/daily", null);
    String scraped = scrape();
    assertThat(sample(scraped, "reprise_events_total")).isEqualTo(5); // those of the run
    assertThat(sample(scraped, answered("200"))).isEqualTo(1);
    assertThat(sample(scraped, answered("404"))).isEqualTo(1);
    assertThat(scraped).doesNotContain("nightly", "nothing-here", "nothing-there");
    assertThat(scraped).contains("reprise_watch_silence_seconds{watch=\"job clock\"} ");
    assertThat(sample(scraped, "reprise_watch_silence_seconds{watch=\"job clock\"}"))
        .isBetween(0.0, 10.0);
    assertThat(scraped).contains("jvm_memory_used_bytes{", "jvm_threads_live_threads ");
  }

  private static String answered(String status) {
    return "reprise_http_requests_seconds_count{method=\"GET\",path=\"/api/jobs/{job}\",status=\"%s\"}"
        .formatted(status);
  }
}
