package reprise.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Events.AT);

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("deep/down/s-1a2b3c4d.jsonl");
  }

  @Test
  void append_thenRead_givesTheSameEventsInOrder() throws IOException {
    try (Journal journal = Journal.begin(file)) {
      journal.append(Events::started);
      journal.append(n -> Events.opened(n, Events.RUN));
      journal.append(n -> Events.cell(n, Events.RUN, 1, "a"));
      journal.append(n -> Events.ended(n, Events.RUN, 1, new Outcome.Succeeded()));
      journal.sync();
    }
    assertThat(Journal.read(file))
        .containsExactly(
            Events.started(1),
            Events.opened(2, Events.RUN),
            Events.cell(3, Events.RUN, 1, "a"),
            Events.ended(4, Events.RUN, 1, new Outcome.Succeeded()));
  }

  /** As the thread of a cell is that a person stops. */
  @Test
  void append_byAThreadThatWasInterrupted_isWrittenAndSoIsWhatComesLater() throws IOException {
    try (Journal journal = Journal.begin(file)) {
      journal.append(Events::started);
      Thread.currentThread().interrupt();
      journal.append(n -> Events.opened(n, Events.RUN));
      journal.sync();
      assertThat(Thread.interrupted()).as("the cell is to hear of it").isTrue();
      journal.append(n -> Events.cell(n, Events.RUN, 1, "a"));
    } finally {
      Thread.interrupted();
    }
    assertThat(Journal.read(file)).hasSize(3);
  }

  @Test
  void begin_fileThere_isRefused() throws IOException {
    Journal.begin(file).close();
    assertThatThrownBy(() -> Journal.begin(file)).isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void read_tornLastLine_givesTheWholeOnes() throws IOException {
    tornAfterTwo();
    assertThat(Journal.read(file)).containsExactly(Events.started(1), Events.opened(2, Events.RUN));
  }

  @Test
  void recover_tornJournalOfDeadSession_endsItWithoutAGap() throws IOException {
    tornAfterTwo();
    assertThat(Journal.recover(file, CLOCK)).hasValue(Events.SESSION);
    assertThat(Journal.read(file))
        .endsWith(new RunEvent.SessionEnded(Events.SESSION, 3, Events.AT, "killed"))
        .hasSize(3);
  }

  @Test
  void recover_twice_changesNothingMore() throws IOException {
    tornAfterTwo();
    Journal.recover(file, CLOCK);
    byte[] once = Files.readAllBytes(file);
    assertThat(Journal.recover(file, CLOCK)).isEmpty();
    assertThat(Files.readAllBytes(file)).isEqualTo(once);
  }

  @Test
  void recover_sessionAlive_leavesItAlone() throws IOException {
    try (Journal journal = Journal.begin(file)) {
      journal.append(Events::started);
      assertThat(Journal.recover(file, CLOCK)).isEmpty();
      journal.append(n -> Events.opened(n, Events.RUN));
    }
    assertThat(Journal.read(file)).hasSize(2);
  }

  @Test
  void follow_growingJournal_givesEachWholeLineOnce() throws IOException {
    try (Journal journal = Journal.begin(file);
        JournalReader reader = new JournalReader(file)) {
      assertThat(reader.next(10)).isEmpty();
      journal.append(Events::started);
      assertThat(reader.next(10)).hasSize(1);
      Output large = new Output.Stream("stdout", "x".repeat(3_000_000));
      journal.append(n -> Events.shown(n, Events.RUN, 1, large));
      journal.append(n -> Events.cell(n, Events.RUN, 2, "b"));
      assertThat(reader.next(1)).hasSize(1);
      assertThat(reader.next(10))
          .singleElement()
          .extracting(line -> Wire.read(line, RunEvent.class).number())
          .isEqualTo(3L);
      assertThat(reader.next(10)).isEmpty();
      assertThat(reader.position()).isEqualTo(Files.size(file));
    }
  }

  private void tornAfterTwo() throws IOException {
    try (Journal journal = Journal.begin(file)) {
      journal.append(Events::started);
      journal.append(n -> Events.opened(n, Events.RUN));
    }
    Files.write(file, "{\"kind\":\"cell-sta".getBytes(UTF_8), StandardOpenOption.APPEND);
  }
}
