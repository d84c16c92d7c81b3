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
    Notebook notebook =
        new Notebook(folder)
            .cell("imports", "import java.time.*;\nimport java.util.random.*;")
            .cell("nothing", "int plain = 1;\nSystem.out.println(\"plain \" + plain);")
            .cell("expression", "plain + 1")
            .cell(
                "strings",
                "String.format(\"%.3f|%s\", 1.5, List.of(1, 2)) + String.join(\",\", List.of(\"a\", \"b\"))")
            .cell(
                "streams",
                "IntStream.range(0, 99).boxed().collect(Collectors.groupingBy(i -> i % 3)).toString()")
            .cell("records", "record P(int a, String b) {}\nnew P(1, \"x\")")
            .cell(
                "Random",
                "var kept = new Random();\nSystem.out.println(kept.nextLong() + \" \" + new Random().nextGaussian());")
            .cell("Random later", "kept.nextLong()")
            .cell(
                "Random subclass",
                "class Loaded extends Random { @Override public int nextInt() { return super.nextInt() | 1; } }\nnew Loaded().nextInt()")
            .cell("Math.random", "Math.random() + \" \" + Math.random()")
            .cell("StrictMath.random", "StrictMath.random()")
            .cell(
                "ThreadLocalRandom",
                "var tlr = ThreadLocalRandom.current();\nSystem.out.println(tlr.nextLong() + \" \" + tlr.nextDouble() + \" \" + tlr.nextInt(1000) + \" \" + tlr.nextGaussian() + tlr.ints(5, 0, 100).boxed().toList());")
            .cell(
                "SplittableRandom",
                "new SplittableRandom().nextLong() + \" \" + new SplittableRandom().split().nextInt()")
            .cell(
                "RandomGenerator",
                "RandomGenerator.getDefault().nextLong() + \" \" + RandomGenerator.of(\"Xoshiro256PlusPlus\").nextLong()")
            .cell(
                "RandomGenerator later",
                "RandomGenerator.of(\"Xoshiro256PlusPlus\").nextLong() + \" \" + RandomGenerator.of(\"L128X256MixRandom\").nextLong()")
            .cell("RandomGenerator.of Random", "RandomGenerator.of(\"Random\").nextLong()")
            .cell(
                "shuffle",
                "var cards = new ArrayList<>(IntStream.range(0, 99).boxed().toList());\nCollections.shuffle(cards);\nSystem.out.println(cards);")
            .cell("shuffle again", "Collections.shuffle(cards);\nSystem.out.println(cards);")
            .cell(
                "Set.of",
                "Set.of(\"a\", \"b\", \"c\", \"d\", \"e\", \"f\").toString() + Set.of(\"a\", \"b\")")
            .cell("Set.of shown", "Set.of(1, 2, 3, 40, 500, 6000)")
            .cell("Map.of", "Map.of(\"a\", 1, \"b\", 2, \"c\", 3, \"d\", 4).toString()")
            .cell(
                "Collectors.toUnmodifiableSet",
                "Stream.of(9, 80, 700, 6000, 50000).collect(Collectors.toUnmodifiableSet()).stream().map(String::valueOf).collect(Collectors.joining(\",\"))")
            .cell(
                "HashSet of enum",
                "enum Colour { RED, GREEN, BLUE, WHITE, BLACK, PINK }\nnew HashSet<>(List.of(Colour.values())).toString()")
            .cell(
                "HashMap of enum",
                "var counts = new HashMap<Colour, Integer>();\nfor (var c : Colour.values()) counts.merge(c, 1, Integer::sum);\nSystem.out.println(counts);")
            .cell("UUID", "UUID.randomUUID() + \" \" + UUID.randomUUID()")
            .cell("currentTimeMillis", "System.currentTimeMillis()")
            .cell("nanoTime", "System.nanoTime() + \" \" + System.nanoTime()")
            .cell("Date", "new Date().getTime() + \" \" + new Date(5).getTime()")
            .cell(
                "Instant",
                "Instant.now() + \" \" + Instant.now(Clock.systemUTC()) + Instant.now(Clock.tickSeconds(ZoneId.of(\"Asia/Tokyo\")))")
            .cell(
                "LocalDateTime",
                "LocalDateTime.now() + \" \" + LocalTime.now() + LocalDate.now(ZoneId.of(\"Asia/Tokyo\"))")
            .cell(
                "ZonedDateTime",
                "ZonedDateTime.now() + \" \" + OffsetDateTime.now() + OffsetTime.now() + Year.now() + YearMonth.now() + MonthDay.now()")
            .cell(
                "chrono",
                "java.time.chrono.JapaneseDate.now() + \" \" + java.time.chrono.IsoChronology.INSTANCE.dateNow()")
            .cell(
                "Clock",
                "Clock.systemDefaultZone().millis() + \" \" + Clock.systemUTC().instant() + Clock.system(ZoneId.of(\"UTC\")).withZone(ZoneId.of(\"Asia/Tokyo\")).instant() + InstantSource.system().instant()")
            .cell(
                "Calendar",
                "Calendar.getInstance().getTimeInMillis() + \" \" + new GregorianCalendar().getTimeInMillis() + \" \" + new GregorianCalendar(2020, 1, 1).get(Calendar.YEAR)")
            .cell(
                "references",
                "java.util.function.LongSupplier nano = System::nanoTime;\nSupplier<Instant> now = Instant::now;\nSupplier<Date> date = Date::new;\nSupplier<UUID> id = UUID::randomUUID;\nFunction<ZoneId, LocalDateTime> there = LocalDateTime::now;\nSystem.out.println(nano.getAsLong() + \" \" + now.get() + date.get().getTime() + id.get() + there.apply(ZoneId.of(\"Asia/Tokyo\")) + Stream.generate(Math::random).limit(3).toList());")
            .cell(
                "poll loop",
                "long until = System.nanoTime() + 2_000_000;\nint turns = 0;\nwhile (System.nanoTime() < until) { turns++; Thread.sleep(0, 200_000); }\nSystem.out.println(turns);")
            .cell(
                "many readings",
                "long sum = 0;\nfor (int i = 0; i < 3_000; i++) sum += System.nanoTime() % 1000;\nSystem.out.println(sum);")
            .cell(
                "busy spin",
                "long end = System.nanoTime() + 60_000_000;\nlong spins = 0;\nwhile (System.nanoTime() < end) spins++;\nSystem.out.println(spins > 0);")
            .cell("SecureRandom", "new java.security.SecureRandom().nextLong()")
            .cell(
                "one other thread",
                "var one = Executors.newSingleThreadExecutor();\nSystem.out.println(one.submit(() -> new Random().nextLong() + \" \" + System.nanoTime()).get());\none.shutdown();")
            .cell(
                "pool",
                "var pool = Executors.newFixedThreadPool(3);\nvar drawn = new ArrayList<Future<Long>>();\nfor (int i = 0; i < 6; i++) drawn.add(pool.submit(() -> { Thread.sleep(5); return new Random().nextLong() + System.nanoTime(); }));\nfor (var each : drawn) each.get();\npool.shutdown();")
            .cell(
                "pool of ThreadLocalRandom",
                "CompletableFuture.supplyAsync(() -> ThreadLocalRandom.current().nextInt()).get() instanceof Integer")
            .cell(
                "parallel sum",
                "IntStream.range(0, 100_000).parallel().mapToDouble(i -> Math.sqrt(i) / 3).sum()");
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
