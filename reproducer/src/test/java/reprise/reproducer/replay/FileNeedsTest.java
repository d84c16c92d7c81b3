package reprise.reproducer.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import reprise.ledger.Data;
import reprise.ledger.Data.Direction;
import reprise.ledger.Digest;
import reprise.ledger.Outcome;
import reprise.ledger.Pipeline.Need;
import reprise.ledger.RunId;
import reprise.ledger.Step;

class FileNeedsTest {
  private final FileNeeds needs = new FileNeeds();

  @Test
  void of_fileReadFirst_isNeededOnce() {
    assertThat(needs.of(step(data(Direction.READ, "a"), data(Direction.READ, "a"))))
        .containsExactly(new Need("/f", Digest.of("a")));
    assertThat(needs.of(step(data(Direction.READ, "a")))).isEmpty();
  }

  @Test
  void of_fileWrittenBefore_isMadeByTheReplayItself() {
    assertThat(needs.of(step(data(Direction.WRITTEN, "a")))).isEmpty();
    assertThat(needs.of(step(data(Direction.READ, "a")))).isEmpty();
  }

  @Test
  void of_readRewrittenAndReadAgainInOneStep_needsTheFirstContentOnly() {
    assertThat(
            needs.of(
                step(
                    data(Direction.READ, "a"),
                    data(Direction.WRITTEN, "b"),
                    data(Direction.READ, "b"))))
        .containsExactly(new Need("/f", Digest.of("a")));
  }

  @Test
  void of_fileChangedFromOutsideBetweenSteps_isNeededAnew() {
    needs.of(step(data(Direction.READ, "a")));
    assertThat(needs.of(step(data(Direction.READ, "b"))))
        .containsExactly(new Need("/f", Digest.of("b")));
  }

  @Test
  void of_fileDeletedUnread_mustBeThereToBeDeleted() {
    assertThat(needs.of(step(data(Direction.DELETED, "a"))))
        .containsExactly(new Need("/f", Digest.of("a")));
  }

  private static Data data(Direction direction, String content) {
    return new Data(direction, "/f", 1, Digest.of(content), null);
  }

  private static Step step(Data... data) {
    return new Step(
        1,
        new RunId("r-1234"),
        "cell",
        1,
        "",
        List.of(),
        Instant.EPOCH,
        1L,
        new Outcome.Succeeded(),
        List.of(),
        List.of(),
        List.of(data),
        List.of(),
        List.of(),
        List.of(),
        null,
        null,
        null);
  }
}
