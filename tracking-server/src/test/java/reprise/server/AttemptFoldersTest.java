package reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reprise.ledger.AttemptStatus;
import reprise.ledger.Firing;
import reprise.ledger.Job;
import reprise.ledger.JobName;
import reprise.ledger.JobPolicy.CatchUp;
import reprise.ledger.JobPolicy.Overlap;
import reprise.ledger.JobPolicy.WhilePaused;
import reprise.ledger.JobSummary;
import reprise.ledger.JobTrigger;
import reprise.ledger.Trigger;
import reprise.ledger.Wire;

/** What attempts left behind goes when nothing needs it any more. */
@Timeout(60)
class AttemptFoldersTest extends JobTest {
  private final List<String> attempts = new ArrayList<>();

  @BeforeEach
  void promoted() throws Exception {
    now = Instant.now();
    promote();
  }

  private void runTimes(int times) throws Exception {
    for (int i = 0; i < times; i++) {
      now = now.plusSeconds(1);
      attempts.add(ended(runNow(Map.of()).firing()).attempts().get(0).attempt().value());
    }
  }

  private JsonNode free(String query) throws Exception {
    HttpResponse<String> answer = send("DELETE", "/api/attempts" + query, null);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Wire.JSON.readTree(answer.body());
  }

  private List<String> there() throws Exception {
    try (Stream<Path> all = Files.list(folder.resolve("server/attempts"))) {
      return all.map(it -> it.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void free_attemptsOfTheJobBeforeTheLastTen_removesThemAndSaysSo() throws Exception {
    runTimes(12);
    now = now.plus(Duration.ofDays(31));
    assertThat(free("?preview=true").path("count").asInt()).isEqualTo(2);
    assertThat(there()).hasSize(12);
    JsonNode freed = free("");
    assertThat(freed.path("count").asInt()).isEqualTo(2);
    assertThat(freed.path("bytes").asLong()).isPositive();
    assertThat(there()).containsExactlyInAnyOrderElementsOf(attempts.subList(2, 12));
    assertThat(free("").path("count").asInt()).isZero();
    String gone = "/api/attempts/" + attempts.get(0);
    HttpResponse<String> file = get(gone + "/artifact?path=report.csv");
    assertThat(file.statusCode()).isEqualTo(410);
    assertThat(title(file)).contains("were removed by 'reprise gc'");
    assertThat(get(gone + "/log").body()).contains("removed by 'reprise gc'");
    assertThat(history()).hasSize(12);
  }

  @Test
  void free_young_leavesThem() throws Exception {
    runTimes(11);
    now = now.plus(Duration.ofDays(8));
    assertThat(free("").path("count").asInt()).isZero();
    assertThat(free("?days=7").path("count").asInt()).isEqualTo(1);
  }

  @Test
  void free_whatLatestLeadsToAndWhatIsUnderWay_stays() throws Exception {
    runTimes(1);
    reproducer(FAILURE);
    runTimes(11);
    reproducer("exec sleep 60");
    Firing firing = runNow(Map.of());
    while (firing.attempts().stream().noneMatch(it -> it.status() == AttemptStatus.RUNNING)) {
      Thread.sleep(20);
      firing = get("/api/firings/" + firing.firing(), Firing.class);
    }
    String underWay = firing.attempts().get(0).attempt().value();
    while (!there().contains(underWay)) {
      Thread.sleep(20);
    }
    now = now.plus(Duration.ofDays(31));
    assertThat(free("").path("count").asInt()).isEqualTo(1);
    assertThat(there()).contains(attempts.get(0), underWay).doesNotContain(attempts.get(1));
    assertThat(folder.resolve("server/jobs/daily/latest/report.csv")).hasContent("made");
  }

  @Test
  void free_filesThatAWaitingFiringWasGiven_stay() throws Exception {
    promote("next");
    ask(
        "POST",
        "/api/jobs/next/triggers",
        new Trigger.After(new JobName("daily"), Trigger.After.End.SUCCESS, "day"),
        JobTrigger.class);
    ask(
        "PUT",
        "/api/jobs/next/policy",
        policy(1, Overlap.QUEUE, CatchUp.LATEST, WhilePaused.KEEP, 1),
        Job.class);
    ask("PUT", "/api/jobs/next/pause", null, Job.class);
    runTimes(1);
    long trigger = get("/api/jobs/next", JobSummary.class).triggers().get(0).id();
    send("DELETE", "/api/jobs/next/triggers/" + trigger, null);
    runTimes(12);
    now = now.plus(Duration.ofDays(31));
    free("");
    assertThat(there()).contains(attempts.get(0)).doesNotContain(attempts.get(1));
  }
}
