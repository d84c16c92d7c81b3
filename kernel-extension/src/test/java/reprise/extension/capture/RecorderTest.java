package reprise.extension.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reprise.extension.cell.CellRequest;
import reprise.extension.network.NetworkCapture;
import reprise.extension.policy.Policy;
import reprise.extension.secret.EventMask;
import reprise.extension.secret.Mask;
import reprise.ledger.BlobFolder;
import reprise.ledger.ExperimentName;
import reprise.ledger.Journal;
import reprise.ledger.Origin;
import reprise.ledger.Output;
import reprise.ledger.SessionId;

@Timeout(30)
class RecorderTest {
  private static final CellRequest CELL = new CellRequest("a", 1, "1 + 1", List.of());
  private static final Output TEXT = new Output.Stream("stdout", "text");
  private static final long PATIENCE_MILLIS = 5_000;

  @TempDir Path folder;
  private final SecureRandom chance = new SecureRandom();

  /** A recorder whose disk takes nothing more. */
  private Recorder troubled(Consumer<String> complaint) throws Exception {
    Journal journal = Journal.begin(folder.resolve("journal"));
    journal.close();
    BlobFolder blobs = new BlobFolder(folder.resolve("blobs"));
    Mask mask = new Mask();
    Logbook log =
        new Logbook(
            new Session(
                SessionId.next(InstantSource.system(), chance),
                new ExperimentName("troubled"),
                new Origin.Interactive()),
            journal,
            new EventMask(mask),
            null,
            complaint,
            InstantSource.system(),
            chance);
    Allowance allowance = new Allowance(Policy.DEFAULT);
    FileCapture files =
        new FileCapture(
            new FileDigests(blobs),
            allowance,
            Runnable::run,
            path -> false,
            UnaryOperator.identity());
    return new Recorder(
        log,
        new Sayings(log, mask, run -> "nowhere"),
        files,
        new NetworkCapture(files::caller, blobs, allowance, null),
        null,
        mask,
        blobs,
        null,
        null);
  }

  @Test
  void started_journalThatTakesNothing_saysSoOnce() throws Exception {
    List<String> complaints = new ArrayList<>();
    Recorder recorder = troubled(complaints::add);
    recorder.started(CELL);
    recorder.showed(TEXT);
    assertThat(complaints).singleElement().asString().contains("the notebook goes on without it");
  }

  @Test
  void started_journalThatTakesNothing_letsOthersShowWhileItSaysSo() throws Exception {
    List<Boolean> wentOn = new ArrayList<>();
    CompletableFuture<Recorder> recorder = new CompletableFuture<>();
    recorder.complete(
        troubled(
            complaint -> {
              Thread onStage = new Thread(() -> recorder.join().showed(TEXT));
              onStage.start();
              wentOn.add(hasEnded(onStage));
            }));
    recorder.join().started(CELL);
    assertThat(wentOn).containsExactly(true);
  }

  private static boolean hasEnded(Thread thread) {
    try {
      thread.join(PATIENCE_MILLIS);
      return !thread.isAlive();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
