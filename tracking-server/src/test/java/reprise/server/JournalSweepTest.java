package reprise.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reprise.ledger.BlobFolder;
import reprise.ledger.Data;
import reprise.ledger.Digest;
import reprise.ledger.Home;
import reprise.ledger.Journal;
import reprise.ledger.Outcome;
import reprise.ledger.Run;
import reprise.ledger.RunEvent;
import reprise.ledger.RunStatus;

/** Journals whose kernel is gone come in by themselves. */
@Timeout(30)
class JournalSweepTest extends ServerTest {
  private static void write(Path journal, Recording recording) throws Exception {
    try (Journal file = Journal.begin(journal)) {
      for (RunEvent event : recording.events) {
        file.append(number -> event);
      }
    }
  }

  private RunEvent[] takenIn(String session, int atLeast) throws Exception {
    RunEvent[] events = get("/api/sessions/" + session + "/events", RunEvent[].class);
    while (events.length < atLeast) {
      Thread.sleep(50);
      events = get("/api/sessions/" + session + "/events", RunEvent[].class);
    }
    return events;
  }

  @Test
  void sweep_journalOfAKilledKernel_comesInAsInterruptedWithItsBytes() throws Exception {
    Digest bytes = Digest.of("a,b\n");
    Home home = new Home(folder);
    new BlobFolder(home.blobs()).keep(new ByteArrayInputStream("a,b\n".getBytes(UTF_8)));
    Recording killed =
        new Recording("s-1")
            .open("r-1")
            .start("read();")
            .end(
                new Outcome.Succeeded(),
                List.of(new Data(Data.Direction.READ, "/gone/a.csv", 4, bytes, null)),
                List.of(),
                List.of())
            .start("while (true);");
    Path journal = folder.resolve("as-it-was-left");
    write(journal, killed);
    Files.writeString(journal, "{\"kind\":\"output-ad", StandardOpenOption.APPEND); // torn
    Files.createDirectories(home.journals());
    Files.move(journal, home.journal(killed.session));
    RunEvent[] events = takenIn("s-1", killed.events.size() + 1);
    assertThat(events).startsWith(killed.events.toArray(RunEvent[]::new));
    assertThat(events[events.length - 1]).isInstanceOf(RunEvent.SessionEnded.class);
    assertThat(get("/api/runs/r-1", Run.class).status()).isEqualTo(RunStatus.INTERRUPTED);
    while (get("/api/blobs/" + bytes).statusCode() != 200) {
      Thread.sleep(50);
    }
  }

  @Test
  void sweep_journalOfALivingSession_isLeftToItsKernel() throws Exception {
    Recording alive = new Recording("s-2").open("r-2").start("train();");
    try (Journal file = Journal.begin(new Home(folder).journal(alive.session))) {
      for (RunEvent event : alive.events) {
        file.append(number -> event);
      }
      write(new Home(folder).journal(new Recording("s-3").session), new Recording("s-3").finish());
      takenIn("s-3", 2); // a sweep has gone by
      assertThat(get("/api/sessions/s-2/events", RunEvent[].class)).isEmpty();
    }
  }
}
