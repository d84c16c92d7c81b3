package reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reprise.ledger.Data;
import reprise.ledger.Digest;
import reprise.ledger.Outcome;
import reprise.ledger.Parameter;
import reprise.ledger.Value;

/**
 * What is there already makes intake no slower: a client sends what it recorded while the server
 * was away. How many events that are in a second is a figure of {@code bin/bench replay}.
 */
class IntakeSpeedTest extends ServerTest {
  private static final int BATCH = 500;
  private static final int SLOWER = 3; // beside other work on the machine

  @Test
  void take_aLongJournalInBatches_takesAsLongAtItsEndAsAtItsBeginning() throws Exception {
    timed(journal("s-0", "r-0", 500)); // the JVM learns
    List<Long> batches = timed(journal("s-1", "r-1", 8000));
    int some = batches.size() / 6;
    assertThat(median(batches.subList(batches.size() - some, batches.size())))
        .isLessThan(SLOWER * median(batches.subList(0, some)));
  }

  /** Nanoseconds for each batch, in their order. */
  private List<Long> timed(Recording journal) throws Exception {
    List<Long> batches = new ArrayList<>();
    for (int from = 0; from < journal.events.size(); from += BATCH) {
      int to = Math.min(from + BATCH, journal.events.size());
      long began = System.nanoTime();
      assertThat(post(journal, journal.events.subList(from, to)).statusCode()).isEqualTo(200);
      batches.add(System.nanoTime() - began);
    }
    return batches;
  }

  private static long median(List<Long> numbers) {
    return numbers.stream().sorted().skip(numbers.size() / 2).findFirst().orElseThrow();
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
