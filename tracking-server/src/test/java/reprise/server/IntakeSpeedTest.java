package reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import reprise.ledger.Data;
import reprise.ledger.Digest;
import reprise.ledger.Outcome;
import reprise.ledger.Parameter;
import reprise.ledger.Value;

/** Intake keeps up with one client that sends what it recorded while the server was away. */
class IntakeSpeedTest extends ServerTest {
  private static final int BATCH = 500;
  private static final int BAR = 5000; // events per second

  @Test
  void take_aLongJournalInBatches_keepsUp() throws Exception {
    send(journal("s-0", "r-0", 2000)); // the JVM learns
    Recording journal = journal("s-1", "r-1", 8000);
    long start = System.nanoTime();
    send(journal);
    double seconds = (System.nanoTime() - start) / 1e9;
    double rate = journal.events.size() / seconds;
    System.out.printf("event intake %.0f events/s (%d events)%n", rate, journal.events.size());
    assertThat(rate).isGreaterThan(BAR);
  }

  private void send(Recording journal) throws Exception {
    for (int from = 0; from < journal.events.size(); from += BATCH) {
      int to = Math.min(from + BATCH, journal.events.size());
      assertThat(post(journal, journal.events.subList(from, to)).statusCode()).isEqualTo(200);
    }
  }

  /** Three events for each cell, one cell in ten with data, parameters and values. */
  private static Recording journal(String session, String run, int cells) {
    Recording recording = new Recording(session).open(run);
    Digest digest = Digest.of("a,b\n");
    for (int cell = 0; cell < cells; cell++) {
      recording.start("int a" + cell + " = " + cell + ";").show("cell " + cell + "\n");
      boolean rich = cell % 10 == 0;
      String name = "v" + cell % 50;
      recording.end(
          new Outcome.Succeeded(),
          rich
              ? List.of(new Data(Data.Direction.READ, "/home/ada/a.csv", 4, digest, null))
              : List.of(),
          rich ? List.of(new Parameter(name, "int", "1", 4, 5)) : List.of(),
          rich ? List.of(new Value(name, "int", "1", null)) : List.of());
    }
    return recording;
  }
}
