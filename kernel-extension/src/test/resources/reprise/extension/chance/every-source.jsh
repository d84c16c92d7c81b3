//// imports
import java.time.*;
import java.util.random.*;

//// nothing
int plain = 1;
System.out.println("plain " + plain);

//// expression
plain + 1

//// strings
String.format("%.3f|%s", 1.5, List.of(1, 2)) + String.join(",", List.of("a", "b"))

//// streams
IntStream.range(0, 99).boxed().collect(Collectors.groupingBy(i -> i % 3)).toString()

//// records
record P(int a, String b) {}
new P(1, "x")

//// Random
var kept = new Random();
System.out.println(kept.nextLong() + " " + new Random().nextGaussian());

//// Random later
kept.nextLong()

//// Random subclass
class Loaded extends Random { @Override public int nextInt() { return super.nextInt() | 1; } }
new Loaded().nextInt()

//// Math.random
Math.random() + " " + Math.random()

//// StrictMath.random
StrictMath.random()

//// ThreadLocalRandom
var tlr = ThreadLocalRandom.current();
System.out.println(tlr.nextLong() + " " + tlr.nextDouble() + " " + tlr.nextInt(1000) + " " + tlr.nextGaussian() + tlr.ints(5, 0, 100).boxed().toList());

//// SplittableRandom
new SplittableRandom().nextLong() + " " + new SplittableRandom().split().nextInt()

//// RandomGenerator
RandomGenerator.getDefault().nextLong() + " " + RandomGenerator.of("Xoshiro256PlusPlus").nextLong()

//// RandomGenerator later
RandomGenerator.of("Xoshiro256PlusPlus").nextLong() + " " + RandomGenerator.of("L128X256MixRandom").nextLong()

//// RandomGenerator.of Random
RandomGenerator.of("Random").nextLong()

//// shuffle
var cards = new ArrayList<>(IntStream.range(0, 99).boxed().toList());
Collections.shuffle(cards);
System.out.println(cards);

//// shuffle again
Collections.shuffle(cards);
System.out.println(cards);

//// Set.of
Set.of("a", "b", "c", "d", "e", "f").toString() + Set.of("a", "b")

//// Set.of shown
Set.of(1, 2, 3, 40, 500, 6000)

//// Map.of
Map.of("a", 1, "b", 2, "c", 3, "d", 4).toString()

//// Collectors.toUnmodifiableSet
Stream.of(9, 80, 700, 6000, 50000).collect(Collectors.toUnmodifiableSet()).stream().map(String::valueOf).collect(Collectors.joining(","))

//// HashSet of enum
enum Colour { RED, GREEN, BLUE, WHITE, BLACK, PINK }
new HashSet<>(List.of(Colour.values())).toString()

//// HashMap of enum
var counts = new HashMap<Colour, Integer>();
for (var c : Colour.values()) counts.merge(c, 1, Integer::sum);
System.out.println(counts);

//// UUID
UUID.randomUUID() + " " + UUID.randomUUID()

//// currentTimeMillis
System.currentTimeMillis()

//// nanoTime
System.nanoTime() + " " + System.nanoTime()

//// Date
new Date().getTime() + " " + new Date(5).getTime()

//// Instant
Instant.now() + " " + Instant.now(Clock.systemUTC()) + Instant.now(Clock.tickSeconds(ZoneId.of("Asia/Tokyo")))

//// LocalDateTime
LocalDateTime.now() + " " + LocalTime.now() + LocalDate.now(ZoneId.of("Asia/Tokyo"))

//// ZonedDateTime
ZonedDateTime.now() + " " + OffsetDateTime.now() + OffsetTime.now() + Year.now() + YearMonth.now() + MonthDay.now()

//// chrono
java.time.chrono.JapaneseDate.now() + " " + java.time.chrono.IsoChronology.INSTANCE.dateNow()

//// Clock
Clock.systemDefaultZone().millis() + " " + Clock.systemUTC().instant() + Clock.system(ZoneId.of("UTC")).withZone(ZoneId.of("Asia/Tokyo")).instant() + InstantSource.system().instant()

//// Calendar
Calendar.getInstance().getTimeInMillis() + " " + new GregorianCalendar().getTimeInMillis() + " " + new GregorianCalendar(2020, 1, 1).get(Calendar.YEAR)

//// Calendar subclass
class Feast extends GregorianCalendar { final Calendar told = new GregorianCalendar(); Feast() { super(new GregorianCalendar(2020, 1, 1).getTimeZone()); } }
Feast feast = new Feast();
feast.getTimeInMillis() + " " + feast.told.getTimeInMillis()

//// references
java.util.function.LongSupplier nano = System::nanoTime;
Supplier<Instant> now = Instant::now;
Supplier<Date> date = Date::new;
Supplier<UUID> id = UUID::randomUUID;
Function<ZoneId, LocalDateTime> there = LocalDateTime::now;
System.out.println(nano.getAsLong() + " " + now.get() + date.get().getTime() + id.get() + there.apply(ZoneId.of("Asia/Tokyo")) + Stream.generate(Math::random).limit(3).toList());

//// poll loop
long until = System.nanoTime() + 2_000_000;
int turns = 0;
while (System.nanoTime() < until) { turns++; Thread.sleep(0, 200_000); }
System.out.println(turns);

//// many readings
long sum = 0;
for (int i = 0; i < 3_000; i++) sum += System.nanoTime() % 1000;
System.out.println(sum);

//// busy spin
for (int i = 0; i < 12_000; i++) System.nanoTime();
{
  long spins = 0;
  for (long end = System.nanoTime() + 20_000_000; System.nanoTime() < end; ) spins++;
  System.out.println(spins > 0);
}

//// SecureRandom
new java.security.SecureRandom().nextLong()

//// one other thread
var one = Executors.newSingleThreadExecutor();
System.out.println(one.submit(() -> new Random().nextLong() + " " + System.nanoTime()).get());
one.shutdown();

//// pool
var pool = Executors.newFixedThreadPool(3);
var drawn = new ArrayList<Future<Long>>();
for (int i = 0; i < 6; i++) drawn.add(pool.submit(() -> { Thread.sleep(5); return new Random().nextLong() + System.nanoTime(); }));
for (var each : drawn) each.get();
pool.shutdown();

//// pool of ThreadLocalRandom
CompletableFuture.supplyAsync(() -> ThreadLocalRandom.current().nextInt()).get() instanceof Integer

//// parallel sum
IntStream.range(0, 100_000).parallel().mapToDouble(i -> Math.sqrt(i) / 3).sum()
