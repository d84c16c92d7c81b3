package reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reprise.ledger.AttemptStatus;
import reprise.ledger.Backfill;
import reprise.ledger.Firing;
import reprise.ledger.FiringStatus;
import reprise.ledger.Job;
import reprise.ledger.JobName;
import reprise.ledger.JobPolicy.CatchUp;
import reprise.ledger.JobPolicy.Overlap;
import reprise.ledger.JobPolicy.WhilePaused;
import reprise.ledger.JobSummary;
import reprise.ledger.JobTrigger;
import reprise.ledger.JobVersion;
import reprise.ledger.Promotion;
import reprise.ledger.Trigger;
import reprise.ledger.Verdict;
import reprise.ledger.Wire;

/** Jobs from promotion to their end, over HTTP. */
@Timeout(60)
class JobsTest extends JobTest {
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
  void run_byHand_isCarriedOutWithItsParameters() throws Exception {
    promote();
    Firing firing = ended(runNow(Map.of("parameters", Map.of("day", "day {due}"))).firing());
    assertThat(firing.status()).isEqualTo(FiringStatus.SUCCEEDED);
    assertThat(firing.attempts()).hasSize(1);
    assertThat(order(firing).parameters()).containsExactly(Map.entry("day", "day 2026-11-22"));
    String attempt = firing.attempts().get(0).attempt().value();
    assertThat(get("/api/attempts/" + attempt + "/artifact?path=report.csv").body())
        .isEqualTo("made");
    assertThat(folder.resolve("server/jobs/daily/latest/report.csv")).hasContent("made");
    assertThat(get("/api/attempts/" + attempt + "/artifact?path=../order.json").statusCode())
        .isEqualTo(404);
  }

  @Test
  void run_onceItHasSucceeded_itsFilesAreWhereTheLatestAre() throws Exception {
    promote();
    Path report = folder.resolve("server/jobs/daily/latest/report.csv");
    runNow(Map.of());
    while (server.jdbi().withHandle(JobsTest::successes) == 0) {
      Thread.onSpinWait(); // what comes in the moment after would already be too late
    }
    assertThat(report).hasContent("made");
  }

  private static int successes(Handle handle) {
    return handle
        .createQuery("SELECT count(*) FROM firing WHERE status = 'SUCCEEDED'")
        .mapTo(Integer.class)
        .one();
  }

  @Test
  void run_sameKeyTwice_happensOnce() throws Exception {
    promote();
    Firing first = runNow(Map.of("key", "k"));
    assertThat(runNow(Map.of("key", "k")).firing()).isEqualTo(first.firing());
    ended(first.firing());
    assertThat(runNow(Map.of("key", "k")).attempts()).hasSize(1);
  }

  @Test
  void run_parameterThatTheJobDoesNotHave_isRefused() throws Exception {
    promote();
    HttpResponse<String> answer =
        send("POST", "/api/jobs/daily/firings", Map.of("parameters", Map.of("speed", "1")));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(title(answer)).contains("its parameters are rate (double), day (String)");
  }

  @Test
  void run_valueOfAnotherType_isRefused() throws Exception {
    promote();
    HttpResponse<String> answer =
        send("POST", "/api/jobs/daily/firings", Map.of("parameters", Map.of("rate", "fast")));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(title(answer)).startsWith("'fast' is not a value of type double, which rate has");
    HttpResponse<String> day =
        send("POST", "/api/jobs/daily/firings", Map.of("parameters", Map.of("day", "{due:b}")));
    assertThat(title(day)).startsWith("'{due:b}' cannot be filled");
  }

  @Test
  void run_failing_isTriedAsOftenAsThePolicySaysAndSaysWhy() throws Exception {
    reproducer(FAILURE);
    promote();
    policy(policy(1, Overlap.QUEUE, CatchUp.LATEST, WhilePaused.DROP, 3));
    Firing firing = ended(runNow(Map.of()).firing());
    assertThat(firing.status()).isEqualTo(FiringStatus.FAILED);
    assertThat(firing.attempts()).hasSize(3);
    assertThat(firing.attempts())
        .allSatisfy(
            it -> {
              assertThat(it.status()).isEqualTo(AttemptStatus.FAILED);
              assertThat(it.why())
                  .isEqualTo("step 2 failed with java.io.IOException: no such table");
            });
    reproducer(SUCCESS);
    ask("POST", "/api/firings/" + firing.firing() + "/repair", null, Firing.class);
    Firing repaired = ended(firing.firing());
    assertThat(repaired.status()).isEqualTo(FiringStatus.SUCCEEDED);
    assertThat(repaired.attempts()).hasSize(4);
    assertThat(send("POST", "/api/firings/" + firing.firing() + "/repair", null).statusCode())
        .isEqualTo(409);
  }

  @Test
  void repair_ofWhatTheClockStartedWhilePaused_isDoneAtOnce() throws Exception {
    reproducer(FAILURE);
    promote();
    set(new Trigger.Every(3600, null));
    now = now.plus(Duration.ofHours(1));
    Firing failed = settled(1).get(0);
    assertThat(failed.status()).isEqualTo(FiringStatus.FAILED);
    ask("PUT", "/api/jobs/daily/pause", null, Job.class);
    reproducer(SUCCESS);
    ask("POST", "/api/firings/" + failed.firing() + "/repair", null, Firing.class);
    assertThat(ended(failed.firing()).status()).isEqualTo(FiringStatus.SUCCEEDED);
  }

  @Test
  void run_backOff_waitsBeforeTheSecondAttempt() throws Exception {
    reproducer(FAILURE);
    promote();
    policy(policy(1, Overlap.QUEUE, CatchUp.LATEST, WhilePaused.DROP, 2, 3600));
    long firing = runNow(Map.of()).firing();
    while (get("/api/firings/" + firing, Firing.class).attempts().size() < 2) {
      Thread.sleep(20);
    }
    Thread.sleep(600);
    Firing waiting = get("/api/firings/" + firing, Firing.class);
    assertThat(waiting.status()).isEqualTo(FiringStatus.RUNNING);
    assertThat(waiting.attempts().get(1).status()).isEqualTo(AttemptStatus.WAITING);
    assertThat(Duration.between(now, waiting.attempts().get(1).notBefore()))
        .isBetween(Duration.ofMinutes(45), Duration.ofMinutes(75));
    now = now.plus(Duration.ofMinutes(76));
    assertThat(ended(firing).attempts().get(1).status()).isEqualTo(AttemptStatus.FAILED);
  }

  @Test
  void cancel_whileAtWork_endsTheProcess() throws Exception {
    reproducer("echo $$ > \"$2/pid\"; exec sleep 60");
    promote();
    Firing firing = runNow(Map.of());
    Path attempts = folder.resolve("server/attempts");
    while (firing.attempts().isEmpty()) {
      firing = get("/api/firings/" + firing.firing(), Firing.class);
    }
    Path pid = attempts.resolve(firing.attempts().get(0).attempt().value()).resolve("pid");
    while (Files.notExists(pid) || Files.size(pid) == 0) {
      Thread.sleep(20);
    }
    long process = Long.parseLong(Files.readString(pid).strip());
    ask("POST", "/api/firings/" + firing.firing() + "/cancel", null, Firing.class);
    while (ProcessHandle.of(process).filter(ProcessHandle::isAlive).isPresent()) {
      Thread.sleep(20);
    }
    while (ended(firing.firing()).attempts().get(0).status() != AttemptStatus.CANCELLED) {
      Thread.sleep(20);
    }
    assertThat(ended(firing.firing()).status()).isEqualTo(FiringStatus.CANCELLED);
  }

  @Test
  void run_killedBySomebodyElse_isTriedAgainWhateverThePolicySays() throws Exception {
    reproducer("if mkdir \"$REPRISE_HOME/first\" 2> /dev/null; then kill -9 $$; fi\n" + SUCCESS);
    promote();
    Firing firing = ended(runNow(Map.of()).firing());
    assertThat(firing.status()).isEqualTo(FiringStatus.SUCCEEDED);
    assertThat(firing.attempts().stream().map(it -> it.status()))
        .containsExactly(AttemptStatus.LOST, AttemptStatus.SUCCEEDED);
  }

  @Test
  void run_killingItsWorkerEachTime_isGivenUp() throws Exception {
    reproducer("kill -9 $$");
    promote();
    Firing firing = ended(runNow(Map.of()).firing());
    assertThat(firing.status()).isEqualTo(FiringStatus.FAILED);
    assertThat(firing.attempts()).hasSize(5);
    assertThat(firing.why()).isEqualTo("it was killed by somebody else");
  }

  @Test
  void timeout_ofOneThatKeepsNoTime_isMarkedAsSuch() throws Exception {
    reproducer(
        """
        id=$(sed 's/.*"attempt":"\\([^"]*\\)".*/\\1/' "$2/order.json")
        echo "{\\"attempt\\":\\"$id\\",\\"succeeded\\":false,\\"timedOut\\":true,\\"why\\":\\"too slow\\",\\"artifacts\\":[]}" > "$2/result.json"
        """);
    promote();
    Firing firing = ended(runNow(Map.of()).firing());
    assertThat(firing.attempts().get(0).status()).isEqualTo(AttemptStatus.TIMED_OUT);
    assertThat(firing.why()).isEqualTo("too slow");
  }

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
  void overlap_skip_leavesOutWhatComesMeanwhile() throws Exception {
    reproducer("while [ ! -e \"$REPRISE_HOME/go\" ]; do sleep 0.05; done\n" + SUCCESS);
    promote();
    policy(policy(1, Overlap.SKIP, CatchUp.ALL, WhilePaused.DROP, 1));
    set(new Trigger.Every(60, Instant.parse("2026-11-22T11:00:00Z")));
    now = Instant.parse("2026-11-22T11:00:00Z");
    while (history().isEmpty()) {
      Thread.sleep(20);
    }
    now = Instant.parse("2026-11-22T11:01:00Z");
    while (history().size() < 2) {
      Thread.sleep(20);
    }
    Files.createFile(folder.resolve("go"));
    List<Firing> both = settled(2);
    assertThat(both.stream().map(Firing::status))
        .containsExactly(FiringStatus.SUCCEEDED, FiringStatus.SKIPPED);
    assertThat(both.get(1).why()).isEqualTo("1 was at work, and no more may be");
  }

  @Test
  void overlap_queue_hasThemOneAfterTheOther() throws Exception {
    reproducer(
        """
        mkdir "$REPRISE_HOME/one" || echo "two at once" >> "$REPRISE_HOME/broken"
        sleep 0.2; rmdir "$REPRISE_HOME/one"
        """
            + SUCCESS);
    promote();
    for (int i = 0; i < 4; i++) {
      runNow(Map.of());
    }
    for (Firing firing : history()) {
      assertThat(ended(firing.firing()).status()).isEqualTo(FiringStatus.SUCCEEDED);
    }
    assertThat(folder.resolve("broken")).doesNotExist();
  }

  @Test
  void overlap_cancelOld_putsTheNewOneInItsPlace() throws Exception {
    reproducer("exec sleep 60");
    promote();
    policy(policy(1, Overlap.CANCEL_OLD, CatchUp.LATEST, WhilePaused.DROP, 1));
    Firing old = runNow(Map.of());
    while (get("/api/firings/" + old.firing(), Firing.class).attempts().isEmpty()) {
      Thread.sleep(20);
    }
    reproducer(SUCCESS);
    Firing next = runNow(Map.of());
    assertThat(ended(old.firing()).why()).isEqualTo("a newer one took its place");
    assertThat(ended(next.firing()).status()).isEqualTo(FiringStatus.SUCCEEDED);
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
  void close_whileAtWork_isTriedAgainByTheNextServer() throws Exception {
    reproducer("exec sleep 60");
    promote();
    Firing firing = runNow(Map.of());
    while (!get("/api/firings/" + firing.firing(), Firing.class).attempts().stream()
        .anyMatch(it -> it.status() == AttemptStatus.RUNNING)) {
      Thread.sleep(20);
    }
    server.close();
    reproducer(SUCCESS);
    server = start(settings());
    Firing done = ended(firing.firing());
    assertThat(done.status()).isEqualTo(FiringStatus.SUCCEEDED);
    assertThat(done.attempts().stream().map(it -> it.status()))
        .containsExactly(AttemptStatus.LOST, AttemptStatus.SUCCEEDED);
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
}
