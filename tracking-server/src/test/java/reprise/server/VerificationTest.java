package reprise.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reprise.ledger.ChildProcess;
import reprise.ledger.Data;
import reprise.ledger.Origin;
import reprise.ledger.Outcome;
import reprise.ledger.Reproduction;
import reprise.ledger.RunEvent;
import reprise.ledger.RunId;
import reprise.ledger.Verdict;
import reprise.ledger.Verification;
import reprise.ledger.Verification.Phase;
import reprise.ledger.Wire;

/** Runs that are replayed without being asked. The reproducer is a shell script. */
@Timeout(60)
@Tag("database")
class VerificationTest extends ServerTest {
  private static final String KEPT_WAITING = "echo $$ > \"$REPRISE_HOME/pid\"; exec sleep 60";
  private String host;

  @BeforeEach
  void nameTheHost() throws IOException {
    host = InetAddress.getLocalHost().getHostName();
  }

  @Override
  @Nullable String replayCommand() {
    return folder.resolve("the reproducer").toString();
  }

  @Override
  @Nullable Duration verifyAfter() {
    return Duration.ofSeconds(60);
  }

  /** Puts a reproducer in place that notes down its words and does {@code script}. */
  private void reproducer(String script) throws IOException {
    Path file = folder.resolve("the reproducer");
    Files.writeString(file, "#!/bin/sh\necho \"$@\" >> \"$REPRISE_HOME/said\"\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  private static String reporting(String run, Verdict verdict) {
    Reproduction.Divergence other =
        new Reproduction.Divergence(2, Reproduction.Kind.RESULT, "text/plain", "1", "2", null);
    Reproduction reproduction =
        new Reproduction(
            new RunId(run),
            new RunId("r-replay"),
            Recording.BEGINNING,
            verdict,
            null,
            1,
            1,
            7,
            List.of(),
            verdict == Verdict.DIVERGED ? List.of(other) : List.of(),
            List.of(),
            List.of());
    return """
        if [ $1 = replay ]; then
          curl -s -H "Authorization: Bearer $REPRISE_TOKEN" -d '%s' "$REPRISE_URL/api/reproductions"
        fi
        """
        .formatted(Wire.write(reproduction));
  }

  private Recording recorded(String session, String run) throws Exception {
    Recording recording = new Recording(session, now, host, ProcessHandle.current().pid());
    post(recording.open(run).cell("1").finish());
    return recording;
  }

  private void anHourPasses() {
    now = now.plus(Duration.ofHours(1));
  }

  private Verification inStage(String run, Phase stage) throws Exception {
    while (true) {
      HttpResponse<String> answer = get("/api/runs/" + run + "/verification");
      if (answer.statusCode() == 200) {
        Verification verification = Wire.read(answer.body(), Verification.class);
        if (verification.stage() == stage) {
          return verification;
        }
      }
      Thread.sleep(20);
    }
  }

  private List<String> said() throws IOException {
    Path said = folder.resolve("said");
    return Files.exists(said) ? Files.readAllLines(said, UTF_8) : List.of();
  }

  private void policy(String json) throws Exception {
    HttpResponse<String> answer =
        send(
            request("/api/experiments/iris/verification")
                .PUT(HttpRequest.BodyPublishers.ofString(json)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
  }

  @Test
  void verify_machineIsQuiet_replaysTheNewestRunFirst() throws Exception {
    reproducer(reporting("r-1", Verdict.IDENTICAL));
    recorded("s-1", "r-1");
    anHourPasses();
    inStage("r-1", Phase.DONE);
    assertThat(said()).containsExactly("replay r-1 --timeout 3600s --json");
    reproducer("exit 3");
    recorded("s-2", "r-2");
    now = now.plusSeconds(1);
    recorded("s-3", "r-3");
    inStage("r-3", Phase.WAITING);
    anHourPasses();
    inStage("r-2", Phase.FAILED);
    assertThat(said().get(1)).startsWith("replay r-3 ");
  }

  @Test
  void verify_diverged_searchesTheCauseAndShowsTheStep() throws Exception {
    reproducer(reporting("r-1", Verdict.DIVERGED));
    recorded("s-1", "r-1");
    anHourPasses();
    inStage("r-1", Phase.DONE);
    assertThat(said()).hasSize(2).last().isEqualTo("explain r-1 --json");
    assertThat(get("/api/runs").body())
        .contains("\"verdict\":\"DIVERGED\",\"divergedAt\":2")
        .contains("\"verification\":{\"run\":\"r-1\",\"stage\":\"DONE\"}");
  }

  @Test
  void verify_cellBegins_givesWayAndBeginsAgainLater() throws Exception {
    reproducer(KEPT_WAITING);
    recorded("s-1", "r-1");
    anHourPasses();
    long child = pid();
    Recording kernel = new Recording("s-2", now, host, ProcessHandle.current().pid());
    post(kernel.open("r-2").start("train();"));
    while (ProcessHandle.of(child).filter(ProcessHandle::isAlive).isPresent()) {
      Thread.sleep(20);
    }
    inStage("r-1", Phase.WAITING);
    anHourPasses();
    post(kernel, List.of()); // it is alive, and its cell still runs
    Thread.sleep(1500);
    assertThat(said()).hasSize(1);
    int known = kernel.events.size();
    kernel.end(new Outcome.Succeeded(), List.of(), List.of(), List.of());
    post(kernel, kernel.events.subList(known, kernel.events.size()));
    reproducer(reporting("r-1", Verdict.IDENTICAL));
    anHourPasses();
    inStage("r-1", Phase.DONE);
  }

  private long pid() throws Exception {
    Path pid = folder.resolve("pid");
    while (Files.notExists(pid) || Files.size(pid) == 0) {
      Thread.sleep(20);
    }
    return Long.parseLong(Files.readString(pid).strip());
  }

  @Test
  void verify_replayOpensItsOwnSession_doesNotTakeItForAKernel() throws Exception {
    reproducer(KEPT_WAITING);
    recorded("s-1", "r-1");
    anHourPasses();
    long child = pid();
    Recording replay = new Recording("s-2", now, host, child);
    post(replay.open("r-2", new Origin.Replay(new RunId("r-1"))).cell("1").finish());
    assertThat(ProcessHandle.of(child).filter(ProcessHandle::isAlive)).isPresent();
    inStage("r-1", Phase.AT_WORK);
  }

  @Test
  void verify_runThatStartsPrograms_isPassedOver() throws Exception {
    reproducer("exit 0");
    Recording recording = new Recording("s-1", now, host, 1).open("r-1").cell("1");
    recording.events.add(
        new RunEvent.ChildRan(
            recording.session,
            recording.events.size() + 1L,
            now,
            new RunId("r-1"),
            1,
            new ChildProcess(List.of("git", "push"), "/", 0)));
    post(recording.finish());
    post(
        new Recording("s-2", now, host, 1)
            .open("r-2")
            .start("db")
            .end(
                new Outcome.Succeeded(),
                List.of(Data.without(Data.Direction.CONNECTED, "tcp:db:5432", null)),
                List.of(),
                List.of())
            .finish());
    anHourPasses();
    assertThat(inStage("r-1", Phase.PASSED_OVER).why()).contains("step 1 starts other programs");
    assertThat(inStage("r-2", Phase.PASSED_OVER).why()).contains("step 1 uses tcp:db:5432");
    assertThat(said()).isEmpty();
  }

  @Test
  void verify_switchedOffForTheExperiment_waitsUntilItIsOn() throws Exception {
    reproducer(reporting("r-1", Verdict.IDENTICAL));
    policy("{\"enabled\":false,\"minutesPerDay\":60,\"days\":14}");
    recorded("s-1", "r-1");
    anHourPasses();
    assertThat(inStage("r-1", Phase.OFF).why()).isEqualTo("switched off for iris");
    policy("{\"enabled\":true,\"minutesPerDay\":60,\"days\":14}");
    inStage("r-1", Phase.DONE);
  }

  @Test
  void verify_runOlderThanThePolicySays_isPassedOver() throws Exception {
    reproducer("exit 0");
    recorded("s-1", "r-1");
    now = now.plus(Duration.ofDays(15));
    assertThat(inStage("r-1", Phase.PASSED_OVER).why()).isEqualTo("older than 14 days");
  }

  @Test
  void verify_budgetSpent_waitsForTheNextDay() throws Exception {
    reproducer("exit 3");
    policy("{\"enabled\":true,\"minutesPerDay\":1,\"days\":14}");
    recorded("s-1", "r-1");
    anHourPasses();
    inStage("r-1", Phase.FAILED);
    server
        .jdbi()
        .useHandle(handle -> handle.execute("UPDATE verification SET spent_millis = 60000"));
    recorded("s-2", "r-2");
    anHourPasses();
    Thread.sleep(1500);
    assertThat(said()).hasSize(1);
    now = now.plus(Duration.ofDays(1));
    inStage("r-2", Phase.FAILED);
  }

  @Test
  void verify_runReplayedByHandMeanwhile_isDone() throws Exception {
    recorded("s-1", "r-1");
    inStage("r-1", Phase.WAITING);
    String said = reporting("r-1", Verdict.IDENTICAL);
    String body = said.substring(said.indexOf('{'), said.lastIndexOf('}') + 1);
    assertThat(post("/api/reproductions", body).statusCode()).isEqualTo(204);
    inStage("r-1", Phase.DONE);
  }

  @Test
  void verify_serverStoppedMeanwhile_endsTheReplayAndWaitsAgain() throws Exception {
    reproducer(KEPT_WAITING);
    recorded("s-1", "r-1");
    anHourPasses();
    long child = pid();
    server.close();
    while (ProcessHandle.of(child).filter(ProcessHandle::isAlive).isPresent()) {
      Thread.sleep(20);
    }
    server = start(settings());
    inStage("r-1", Phase.WAITING);
  }

  @Test
  void policy_nonsense_isRefusedWithWhatIsMeant() throws Exception {
    HttpResponse<String> answer =
        send(
            request("/api/experiments/iris/verification")
                .PUT(
                    HttpRequest.BodyPublishers.ofString(
                        "{\"enabled\":true,\"minutesPerDay\":0,\"days\":14}")));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("minutesPerDay is a whole number from 1 to 1440");
    assertThat(get("/api/experiments/iris/verification").body())
        .isEqualTo("{\"enabled\":true,\"minutesPerDay\":60,\"days\":14}");
  }
}
