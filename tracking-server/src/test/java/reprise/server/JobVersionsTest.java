package reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reprise.ledger.Firing;
import reprise.ledger.Job;
import reprise.ledger.JobName;
import reprise.ledger.JobSummary;
import reprise.ledger.JobVersion;
import reprise.ledger.Promotion;
import reprise.ledger.Trigger;
import reprise.ledger.Verdict;
import reprise.ledger.Wire;

/** What a job is made of, from promotion on. */
@Timeout(60)
class JobVersionsTest extends JobTest {
  @Test
  void promote_runThatReproduced_freezesWhatItIs() throws Exception {
    JobVersion version =
        promote(
            new Promotion(
                "@latest", Map.of("rate", "0.5"), List.of("iris.csv"), true, false, false, null));
    assertThat(version.version()).isEqualTo(1);
    assertThat(version.verdict()).isEqualTo(Verdict.IDENTICAL);
    assertThat(version.parameters())
        .containsExactly(
            new JobVersion.JobParameter("rate", "double", "0.5"),
            new JobVersion.JobParameter("day", "String", "monday"));
    assertThat(version.inputs()).hasSize(1);
    assertThat(version.inputs().get(0).live()).isTrue();
    assertThat(version.live()).containsExactly("/home/ada/iris.csv");
    assertThat(get("/api/jobs", JobSummary[].class)).hasSize(1);
  }

  @Test
  void promote_runThatNeverReproduced_wantsAReason() throws Exception {
    post(new Recording("s-2").open("r-2").cell("1").finish());
    Promotion bare = new Promotion("r-2", Map.of(), List.of(), false, false, false, null);
    HttpResponse<String> answer = send("POST", "/api/jobs/daily/versions", bare);
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(title(answer)).contains("was never replayed", "reprise replay r-2", "--unverified");
    assertThat(get("/api/jobs", JobSummary[].class)).isEmpty();
    JobVersion version =
        promote(new Promotion("r-2", Map.of(), List.of(), false, false, false, "trial"));
    assertThat(version.unverified()).isEqualTo("trial");
  }

  @Test
  void promote_again_isANextVersionThatSaysWhatChanged() throws Exception {
    promote();
    JobVersion second =
        promote(
            new Promotion("r-1", Map.of("rate", "0.2"), List.of("*"), false, true, false, null));
    assertThat(second.version()).isEqualTo(2);
    assertThat(second.changes())
        .anySatisfy(line -> assertThat(line).isEqualTo("parameter rate: 0.1 → 0.2"))
        .anySatisfy(line -> assertThat(line).startsWith("input /home/ada/iris.csv: frozen"))
        .anySatisfy(line -> assertThat(line).isEqualTo("network: as recorded → asked each time"));
    Job back = ask("PUT", "/api/jobs/daily/version", Map.of("version", 1), Job.class);
    assertThat(back.version()).isEqualTo(1);
    assertThat(runNow(Map.of()).version()).isEqualTo(1);
    assertThat(send("PUT", "/api/jobs/daily/version", Map.of("version", 9)).statusCode())
        .isEqualTo(404);
  }

  @Test
  void promote_parameterOrPlaceThatTheRunDoesNotHave_namesThoseThatItHas() throws Exception {
    HttpResponse<String> parameter =
        send(
            "POST",
            "/api/jobs/daily/versions",
            new Promotion("r-1", Map.of("speed", "1"), List.of(), false, false, false, null));
    assertThat(parameter.statusCode()).isEqualTo(400);
    assertThat(title(parameter)).contains("no parameter 'speed'", "rate (double), day (String)");
    HttpResponse<String> place =
        send(
            "POST",
            "/api/jobs/daily/versions",
            new Promotion("r-1", Map.of(), List.of("/data"), false, false, false, null));
    assertThat(title(place)).contains("read nothing from /data", "/home/ada/iris.csv");
  }

  @Test
  void ask_jobThatIsNotThere_saysHowToFindThose() throws Exception {
    HttpResponse<String> answer = get("/api/jobs/weekly");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(title(answer)).contains("no job 'weekly'", "reprise job list");
    assertThat(get("/api/jobs/No%20Name").statusCode()).isEqualTo(400);
    assertThat(new JobName("daily").toString()).isEqualTo("daily");
  }

  private String runbook(String query) throws Exception {
    return Wire.JSON
        .readTree(get("/api/jobs/daily/runbook" + query).body())
        .path("markdown")
        .asText();
  }

  @Test
  void runbook_ofAJob_saysWhatTheNextOwnerMustKnow() throws Exception {
    promote(
        new Promotion(
            "r-1", Map.of("rate", "0.5"), List.of("iris.csv"), false, false, false, null));
    ask("PUT", "/api/jobs/daily/owner", Map.of("owner", "ada"), Job.class);
    set(new Trigger.Cron("0 12 * * *", "UTC", List.of("SUN")));
    reproducer(FAILURE);
    Firing failed = ended(runNow(Map.of()).firing());
    reproducer(SUCCESS);
    Firing mended = ended(runNow(Map.of()).firing());
    assertThat(runbook(""))
        .contains("# daily", "Answers for it: ada", "run `r-1`", "`rate` double = 0.5")
        .contains("`/home/ada/iris.csv` as it lies there", "`report.csv`")
        .contains("cron `0 12 * * *` in UTC, except SUN", "- 2026-11-23T12:00:00Z")
        .contains("Nobody is told; that was decided.", "reprise job backfill daily")
        .contains(
            "firing %d, 2026-11-22T10:00:00Z: step 2 failed with java.io.IOException: no such table; firing %d succeeded"
                .formatted(failed.firing(), mended.firing()));
    promote();
    assertThat(runbook("")).contains("Version 2,");
    assertThat(runbook("?version=1"))
        .contains("Version 1,", "firing %d".formatted(failed.firing()));
    assertThat(get("/api/jobs/daily/runbook?version=9").statusCode()).isEqualTo(404);
  }

  @Test
  void runbook_ofAJobThatNothingStartsAndThatNeverRan_saysSo() throws Exception {
    promote();
    assertThat(runbook(""))
        .contains("## Outputs\n\nNothing yet.", "## When it runs\n\nBy hand.", "Attempts: 1.");
  }
}
