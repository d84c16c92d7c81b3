package reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reprise.ledger.AttemptStatus;
import reprise.ledger.Firing;
import reprise.ledger.FiringStatus;
import reprise.ledger.Job;
import reprise.ledger.JobPolicy.CatchUp;
import reprise.ledger.JobPolicy.Overlap;
import reprise.ledger.JobPolicy.WhilePaused;
import reprise.ledger.Trigger;

/** What becomes of what a job was started for. */
@Timeout(60)
class JobAttemptsTest extends JobTest {
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
    while (server.jdbi().withHandle(JobAttemptsTest::successes) == 0) {
      Thread.onSpinWait(); // what comes in the moment after would already be too late
    }
    assertThat(report).hasContent("made");
  }

  @Test
  void start_linksThatAKilledServerLeftElsewhere_leadToTheLatestAgain() throws Exception {
    for (int i = 0; i < 30; i++) {
      promote("before-" + i); // more than are looked at together
    }
    promote();
    ended(runNow(Map.of()).firing());
    promote("zone");
    ended(ask("POST", "/api/jobs/zone/firings", Map.of(), Firing.class).firing());
    server.close();
    for (String job : List.of("daily", "zone")) {
      Path latest = folder.resolve("server/jobs").resolve(job).resolve("latest");
      Files.delete(latest);
      Files.createSymbolicLink(latest, folder.resolve("nowhere"));
    }
    server = start(settings());
    for (String job : List.of("daily", "zone")) {
      Path report = folder.resolve("server/jobs").resolve(job).resolve("latest/report.csv");
      while (!Files.exists(report)) {
        Thread.sleep(20);
      }
      assertThat(report).hasContent("made");
    }
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
}
