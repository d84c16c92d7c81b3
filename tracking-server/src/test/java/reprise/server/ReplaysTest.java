package reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
import reprise.ledger.Origin;
import reprise.ledger.RunId;
import reprise.ledger.Wire;
import reprise.server.replay.Replaying;
import reprise.server.replay.Replaying.State;

/** The replay button: a child process at work, followed to its end. The child is a shell script. */
@Timeout(30)
@Tag("database")
class ReplaysTest extends ServerTest {
  @BeforeEach
  void recordARun() throws Exception {
    post(new Recording("s-1").open("r-1").cell("1").finish());
  }

  @Override
  @Nullable String replayCommand() {
    return folder.resolve("the reproducer").toString();
  }

  /** Puts a reproducer in place that does {@code script}. */
  private void reproducer(String script) throws IOException {
    Path file = folder.resolve("the reproducer");
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  private Replaying[] replays() throws Exception {
    return get("/api/runs/r-1/replays", Replaying[].class);
  }

  private Replaying inState(State state) throws Exception {
    while (replays()[0].state() != state) {
      Thread.sleep(20);
    }
    return replays()[0];
  }

  @Test
  void start_reproducerEndsWell_isDone() throws Exception {
    reproducer(
        """
        echo "$@" > "$REPRISE_HOME/said"
        curl -s -H "Authorization: Bearer $REPRISE_TOKEN" "$REPRISE_URL/api/runs/r-1" > /dev/null
        exit 1 # diverged, which is an answer too
        """);
    Replaying started = Wire.read(post("/api/runs/@latest/replays", "").body(), Replaying.class);
    assertThat(started.state()).isEqualTo(State.STARTING);
    assertThat(inState(State.DONE).id()).isEqualTo(started.id());
    assertThat(folder.resolve("said")).hasContent("replay r-1 --json");
  }

  @Test
  void start_reproducerFails_givesItsLastWords() throws Exception {
    reproducer("echo progress >&2; echo 'input iris.csv is missing; restore it' >&2; exit 3");
    post("/api/runs/r-1/replays", "");
    assertThat(inState(State.FAILED).message()).isEqualTo("input iris.csv is missing; restore it");
  }

  @Test
  void start_whileOneIsUnderWay_isRefused() throws Exception {
    reproducer("exec sleep 60");
    assertThat(post("/api/runs/r-1/replays", "").statusCode()).isEqualTo(200);
    HttpResponse<String> second = post("/api/runs/r-1/replays", "");
    assertThat(second.statusCode()).isEqualTo(409);
    assertThat(title(second)).contains("being replayed already");
  }

  @Test
  void start_replayOpensARun_namesItWhileItRuns() throws Exception {
    reproducer("exec sleep 60");
    Origin replay = new Origin.Replay(new RunId("r-1"));
    now = now.plus(Duration.ofMinutes(1));
    post("/api/runs/r-1/replays", "");
    post(new Recording("s-0").open("r-0", replay).cell("1")); // began before, so it is another
    assertThat(replays()[0].replay()).isNull();
    post(new Recording("s-2", now.plusSeconds(1), "elsewhere", 1).open("r-2", replay).cell("1"));
    Replaying running = inState(State.RUNNING);
    assertThat(running.replay()).isEqualTo(new RunId("r-2"));
  }

  @Test
  void start_searchForACause_namesTheLatestOfItsReplays() throws Exception {
    reproducer("echo \"$@\" > \"$REPRISE_HOME/said\"; exec sleep 60");
    now = now.plus(Duration.ofMinutes(1));
    assertThat(post("/api/runs/r-1/replays?purpose=CAUSE", "").statusCode()).isEqualTo(200);
    for (String number : List.of("2", "3")) {
      now = now.plusSeconds(1);
      post(
          new Recording("s-" + number, now, "elsewhere", 1)
              .open("r-" + number, new Origin.Replay(new RunId("r-1")))
              .cell("1"));
      while (!new RunId("r-" + number).equals(replays()[0].replay())) {
        Thread.sleep(20);
      }
    }
    assertThat(replays()[0].state()).isEqualTo(State.RUNNING);
    assertThat(replays()[0].purpose()).isEqualTo(Replaying.Purpose.CAUSE);
    while (Files.notExists(folder.resolve("said"))) {
      Thread.sleep(20);
    }
    assertThat(folder.resolve("said")).hasContent("explain r-1 --json");
  }

  @Test
  void start_purposeThatNobodyKnows_isRefused() throws Exception {
    HttpResponse<String> answer = post("/api/runs/r-1/replays?purpose=FUN", "");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(title(answer)).contains("verdict, cause");
  }

  @Test
  void close_whileOneIsUnderWay_endsItAndItsChildren() throws Exception {
    reproducer("sleep 60 & echo $! > \"$REPRISE_HOME/pid\"; wait");
    post("/api/runs/r-1/replays", "");
    Path pid = folder.resolve("pid");
    while (Files.notExists(pid) || Files.size(pid) == 0) {
      Thread.sleep(20);
    }
    long child = Long.parseLong(Files.readString(pid).strip());
    server.close();
    while (ProcessHandle.of(child).filter(ProcessHandle::isAlive).isPresent()) {
      Thread.sleep(20);
    }
    server = start(settings());
    assertThat(replays()[0].state()).isEqualTo(State.FAILED);
    assertThat(replays()[0].message()).contains("the server was stopped");
  }

  @Test
  void start_unknownRun_isNotFound() throws Exception {
    assertThat(post("/api/runs/r-9/replays", "").statusCode()).isEqualTo(404);
  }
}
