package reprise.extension.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reprise.extension.capture.Recording;
import reprise.extension.cell.CellEffects;
import reprise.extension.cell.CellRequest;
import reprise.ledger.ExperimentName;
import reprise.ledger.Home;
import reprise.ledger.Journal;
import reprise.ledger.Notebook;
import reprise.ledger.Origin;
import reprise.ledger.Outcome;
import reprise.ledger.Output;
import reprise.ledger.RunEvent;
import reprise.ledger.SessionId;

@Timeout(30)
class PendingRecordingTest {
  private static final CellRequest CELL = new CellRequest("a", 1, "1 + 1", List.of());

  @TempDir Path folder;
  private final SessionId session = SessionId.next(InstantSource.system(), new SecureRandom());
  private final CountDownLatch mayBegin = new CountDownLatch(1);
  private Map<String, String> environment;

  @BeforeEach
  void environment() {
    environment = Map.of("REPRISE_HOME", folder.toString(), "REPRISE_URL", "http://127.0.0.1:1");
  }

  private Recording begin(Consumer<String> complaint) throws IOException {
    try {
      mayBegin.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    return Recording.begin(
        new Recording.Plan(
            environment,
            session,
            new Notebook(null, "a test"),
            new ExperimentName("pending"),
            new Origin.Interactive(),
            "test",
            List.of(),
            List.of(),
            false,
            false,
            Map.of(),
            UnaryOperator.identity(),
            null,
            complaint));
  }

  private List<Class<?>> recorded() throws IOException {
    return Journal.read(Home.of(environment).journal(session)).stream()
        .<Class<?>>map(RunEvent::getClass)
        .toList();
  }

  @Test
  void started_whileTheRecordingBegins_doesNotWait() throws IOException {
    PendingRecording pending = new PendingRecording(this::begin);
    pending.started(CELL);
    pending.showed(new Output.Stream("stdout", "early\n"));
    mayBegin.countDown();
    pending.loaded("REPL.$JShell$1");
    pending.showed(new Output.Stream("stdout", "late\n"));
    pending.ended(new Outcome.Succeeded(), 1, CellEffects.NONE);
    pending.end("shutdown");
    assertThat(recorded())
        .containsExactly(
            RunEvent.SessionStarted.class,
            RunEvent.RunOpened.class,
            RunEvent.CellStarted.class,
            RunEvent.OutputAdded.class,
            RunEvent.OutputAdded.class,
            RunEvent.CellEnded.class,
            RunEvent.SessionEnded.class);
  }

  @Test
  void started_cellThatDoesNotCompile_isRecorded() throws IOException {
    PendingRecording pending = new PendingRecording(this::begin);
    pending.started(CELL);
    pending.showed(new Output.Stream("stderr", "';' expected"));
    mayBegin.countDown();
    pending.ended(new Outcome.Interrupted("whatever"), 1, CellEffects.NONE);
    pending.end("shutdown");
    assertThat(recorded()).contains(RunEvent.OutputAdded.class, RunEvent.CellEnded.class);
  }

  @Test
  void started_cellWithMagic_waitsForTheRecording() throws Exception {
    PendingRecording pending = new PendingRecording(this::begin);
    Thread cell =
        new Thread(() -> pending.started(new CellRequest("a", 1, "!touch file", List.of())));
    cell.start();
    cell.join(200);
    assertThat(cell.isAlive()).isTrue();
    mayBegin.countDown();
    cell.join();
    assertThat(recorded()).contains(RunEvent.CellStarted.class);
    pending.end("shutdown");
  }

  @Test
  void started_recordingThatCannotBegin_letsTheCellRun() {
    PendingRecording pending =
        new PendingRecording(
            complaint -> {
              throw new IOException("the disk is read-only");
            });
    pending.started(CELL);
    pending.loaded("REPL.$JShell$1");
    pending.showed(new Output.Stream("stdout", "2"));
    pending.ended(new Outcome.Succeeded(), 1, CellEffects.NONE);
    pending.end("shutdown");
    assertThat(Home.of(environment).journal(session)).doesNotExist();
  }
}
