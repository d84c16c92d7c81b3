package reprise.reproducer.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import reprise.ledger.Data;
import reprise.ledger.Data.Direction;
import reprise.ledger.Digest;
import reprise.ledger.Listing;
import reprise.ledger.Outcome;
import reprise.ledger.Pipeline.Need;
import reprise.ledger.RunId;
import reprise.ledger.Step;

class FileNeedsTest {
  private static final Listing LISTING =
      new Listing(
          List.of(
              new Listing.Entry("big.csv", 7L, null),
              new Listing.Entry("sub", null, true),
              new Listing.Entry("unasked", null, null)));

  private final FileNeeds needs =
      new FileNeeds(
          digest -> digest.equals(Digest.of("listing")) ? Optional.of(LISTING) : Optional.empty());

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

  @Test
  void of_fileWrittenIntoAFolderThatWasThere_needsTheFolder() {
    assertThat(needs.of(step(at(Direction.WRITTEN, "/d/f", "a"))))
        .containsExactly(new Need("/d", Need.Kind.FOLDER, null, 0));
  }

  @Test
  void of_fileWrittenIntoAFolderThatTheStepMade_needsThatItIsAbsent() {
    assertThat(
            needs.of(
                step(
                    new Data(Direction.MISSED, "/d/e", 0, null, null),
                    at(Direction.WRITTEN, "/d/e/f", "a"))))
        .containsExactly(new Need("/d/e", Need.Kind.ABSENT, null, 0));
  }

  @Test
  void of_fileOnlyLookedAt_mustHaveItsSize() {
    Data look = new Data(Direction.LOOKED_AT, "/f", 9, null, null);
    assertThat(needs.of(step(look))).containsExactly(new Need("/f", Need.Kind.SIZED, null, 9));
  }

  @Test
  void of_fileThatAnEarlierStepLeftAndNobodyFound_mustBeAbsent() {
    needs.of(step(data(Direction.WRITTEN, "a")));
    assertThat(needs.of(step(new Data(Direction.MISSED, "/f", 0, null, null))))
        .containsExactly(new Need("/f", Need.Kind.ABSENT, null, 0));
  }

  @Test
  void of_folderListed_needsItsNamesInTheirOrderAndNothingElse() {
    needs.of(step(at(Direction.WRITTEN, "/d/gone", "a")));
    assertThat(needs.of(step(at(Direction.LISTED, "/d", "listing"))))
        .containsExactly(
            new Need("/d", Need.Kind.FOLDER, null, 0),
            new Need("/d/big.csv", Need.Kind.SIZED, null, 7),
            new Need("/d/sub", Need.Kind.FOLDER, null, 0),
            new Need("/d/unasked", Need.Kind.SIZED, null, Need.ANY_SIZE),
            new Need("/d/gone", Need.Kind.ABSENT, null, 0),
            new Need("/d", Need.Kind.LISTING, Digest.of("listing"), 0));
  }

  @Test
  void of_fileListedAndThenRead_needsItsBytes() {
    assertThat(
            needs.of(
                step(at(Direction.LISTED, "/d", "listing"), at(Direction.READ, "/d/unasked", "a"))))
        .contains(new Need("/d/unasked", Digest.of("a")));
  }

  @Test
  void of_nameInAListingThatTheStepHadWritten_isMadeByTheReplayItself() {
    assertThat(
            needs.of(
                step(
                    at(Direction.WRITTEN, "/d/unasked", "a"),
                    at(Direction.LISTED, "/d", "listing"))))
        .extracting(Need::path)
        .doesNotContain("/d/unasked");
  }

  private static Data at(Direction direction, String path, String content) {
    return new Data(direction, path, 1, Digest.of(content), null);
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
        List.of(),
        null,
        null,
        null,
        null,
        null);
  }
}
