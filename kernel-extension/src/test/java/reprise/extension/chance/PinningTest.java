package reprise.extension.chance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reprise.ledger.Chance;
import reprise.ledger.Chance.Source;

/** Each source of chance: recorded once in a JVM of its own, replayed in two others. */
class PinningTest {
  @TempDir static Path folder;
  private static Notebook.Session recorded;
  private static Notebook.Session replayed;
  private static Notebook.Session again;

  @BeforeAll
  static void recordOnceAndReplayTwice() throws Exception {
    Notebook notebook = new Notebook(folder).cells("every-source.jsh");
    recorded = notebook.record();
    replayed = notebook.replay(recorded);
    again = notebook.replay(recorded);
  }

  @ParameterizedTest
  @CsvSource({
    "Random, Random",
    "Random subclass, Random",
    "Math.random, Math.random",
    "StrictMath.random, Math.random",
    "ThreadLocalRandom, ThreadLocalRandom",
    "SplittableRandom, SplittableRandom",
    "RandomGenerator, RandomGenerator",
    "RandomGenerator later, RandomGenerator",
    "RandomGenerator.of Random, Random",
    "shuffle, Collections.shuffle",
    "shuffle again, Collections.shuffle",
    "Set.of, order of Set.of",
    "Set.of shown, order of Set.of",
    "Map.of, order of Set.of",
    "Collectors.toUnmodifiableSet, order of Set.of",
    "UUID, UUID",
    "currentTimeMillis, clock",
    "nanoTime, clock",
    "Date, clock",
    "Instant, clock",
    "LocalDateTime, clock",
    "ZonedDateTime, clock",
    "chrono, clock",
    "Clock, clock",
    "Calendar, clock",
    "Calendar subclass, clock",
    "poll loop, clock",
    "many readings, clock"
  })
  void replay_eachSource_isTheSameTwiceAndNamed(String cell, String source) {
    assertThat(replayed.text(cell)).isEqualTo(recorded.text(cell)).isNotEmpty();
    assertThat(again.text(cell)).isEqualTo(recorded.text(cell));
    Chance chance = Objects.requireNonNull(recorded.chance(cell), "no chance in " + cell);
    assertThat(chance.used()).extracting(Source::toString).containsExactly(source);
    assertThat(chance.notes()).isEmpty();
    assertThat(replayed.chance(cell)).isEqualTo(chance);
  }

  @ParameterizedTest
  @ValueSource(strings = {"references", "HashSet of enum", "HashMap of enum", "Random later"})
  void replay_chanceByAnotherWay_isTheSameTwice(String cell) {
    assertThat(replayed.text(cell)).isEqualTo(recorded.text(cell)).isNotEmpty();
    assertThat(again.text(cell)).isEqualTo(recorded.text(cell));
  }

  @Test
  void record_methodReferences_areNamed() {
    assertThat(Objects.requireNonNull(recorded.chance("references")).used())
        .containsExactly(Source.MATH_RANDOM, Source.CLOCK, Source.UUID);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "imports",
        "nothing",
        "expression",
        "strings",
        "streams",
        "records",
        "Random later",
        "HashSet of enum",
        "parallel sum"
      })
  void record_stepThatUsesNoChance_hasNone(String cell) {
    recorded.text(cell);
    assertThat(recorded.chance(cell)).isNull();
  }

  @Test
  void replay_moreReadingsThanAreKept_ends() {
    Chance chance = Objects.requireNonNull(recorded.chance("busy spin"));
    assertThat(chance.notes()).singleElement().asString().contains("10,000");
    assertThat(chance.kept()).isNotNull();
    assertThat(replayed.text("busy spin")).contains("true");
  }

  @Test
  void replay_secureRandom_differsAndIsSaid() {
    assertThat(replayed.text("SecureRandom")).isNotEqualTo(recorded.text("SecureRandom"));
    Chance chance = Objects.requireNonNull(recorded.chance("SecureRandom"));
    assertThat(chance.used()).containsExactly(Source.SECURE_RANDOM);
    assertThat(chance.notes()).singleElement().asString().contains("never pinned");
  }

  @Test
  void replay_oneThreadBesideTheCells_isTheSame() {
    assertThat(replayed.text("one other thread")).isEqualTo(recorded.text("one other thread"));
    Chance chance = Objects.requireNonNull(recorded.chance("one other thread"));
    assertThat(chance.used()).containsExactly(Source.RANDOM, Source.CLOCK);
    assertThat(chance.notes()).isEmpty();
  }

  @Test
  void record_threadsWithoutOrder_areSaid() {
    assertThat(Objects.requireNonNull(recorded.chance("pool")).notes())
        .hasSize(2)
        .anyMatch(note -> note.startsWith("random numbers were drawn on threads"))
        .anyMatch(note -> note.startsWith("the clock was read on threads"));
    assertThat(Objects.requireNonNull(recorded.chance("pool of ThreadLocalRandom")).notes())
        .isEqualTo(
            List.of("random numbers were drawn on threads whose order a replay cannot keep"));
  }
}
