package reprise.reproducer.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reprise.ledger.Outcome;
import reprise.ledger.RunId;
import reprise.ledger.Step;

class AlignmentTest {
  @Test
  void pairs_sameCells_belongTogetherInOrder() {
    assertThat(aligned("a:1 b:2 c:3", "a:1 b:2 c:3")).containsExactly("1-1", "2-2", "3-3");
  }

  @Test
  void pairs_cellEditedInItsPlace_belongTogetherByItsId() {
    assertThat(aligned("a:1 b:2 c:3", "a:1 b:9 c:3")).containsExactly("1-1", "2-2", "3-3");
  }

  @Test
  void pairs_cellWithoutAnIdEdited_belongsTogetherByItsPlace() {
    assertThat(aligned("x1:1 x2:2 x3:3", "x1:1 x9:9 x3:3")).containsExactly("1-1", "2-2", "3-3");
  }

  @Test
  void pairs_sameSourceUnderAnotherId_belongTogether() {
    assertThat(aligned("a:1 b:2", "p:1 q:2")).containsExactly("1-1", "2-2");
  }

  @Test
  void pairs_cellThatRanTwice_standsAloneOnce() {
    assertThat(aligned("a:1 b:2 c:3", "a:1 b:2 b:2 c:3"))
        .containsExactly("1-1", "2-2", "-3", "3-4");
  }

  @Test
  void pairs_cellDeleted_standsAlone() {
    assertThat(aligned("a:1 b:2 c:3", "a:1 c:3")).containsExactly("1-1", "2-", "3-2");
  }

  @Test
  void pairs_cellMoved_standsAloneInBothPlaces() {
    assertThat(aligned("a:1 b:2 c:3", "b:2 c:3 a:1")).containsExactly("1-", "2-1", "3-2", "-3");
  }

  @Test
  void pairs_nothingInCommon_doNotGuess() {
    assertThat(aligned("a:1 b:2", "c:3")).containsExactly("1-", "2-", "-1");
    assertThat(aligned("", "c:3")).containsExactly("-1");
  }

  /** Steps as {@code cell:source}, and pairs as {@code left-right}. */
  private static List<String> aligned(String left, String right) {
    return Alignment.of(steps(left), steps(right)).pairs().stream()
        .map(it -> number(it.left()) + "-" + number(it.right()))
        .toList();
  }

  private static String number(@Nullable Step step) {
    return step == null ? "" : String.valueOf(step.step());
  }

  private static List<Step> steps(String words) {
    List<Step> steps = new ArrayList<>();
    for (String word : words.isEmpty() ? List.<String>of() : List.of(words.split(" ", -1))) {
      int colon = word.indexOf(':');
      steps.add(step(steps.size() + 1, word.substring(0, colon), word.substring(colon + 1)));
    }
    return steps;
  }

  private static Step step(int number, String cell, String source) {
    return new Step(
        number,
        new RunId("r-1234"),
        cell,
        number,
        source,
        List.of(),
        Instant.EPOCH,
        1L,
        new Outcome.Succeeded(),
        List.of(),
        List.of(),
        List.of(),
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
