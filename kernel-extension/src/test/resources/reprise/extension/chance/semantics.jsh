//// seeds stay distinct
var seen = new HashSet<Long>();
for (int i = 0; i < 20_000; i++) seen.add(new Random().nextLong());
System.out.println(seen.size());

//// distribution
double mean = 0;
for (int i = 0; i < 100_000; i++) mean += new Random().nextDouble() / 100_000;
double shared = 0;
for (int i = 0; i < 100_000; i++) shared += Math.random() / 100_000;
double local = 0;
for (int i = 0; i < 100_000; i++) local += ThreadLocalRandom.current().nextDouble() / 100_000;
int heads = 0;
for (int i = 0; i < 10_000; i++) if (new Random().nextBoolean()) heads++;
System.out.println(Math.abs(mean - 0.5) < 0.01 && Math.abs(shared - 0.5) < 0.01 && Math.abs(local - 0.5) < 0.01 && Math.abs(heads - 5_000) < 300);

//// made before
var made = new ArrayList<Set<Integer>>();
var maps = new ArrayList<Map<Integer, String>>();
for (int n = 0; n < 300; n++) {
  var numbers = IntStream.range(0, n).boxed().toList();
  made.add(Set.copyOf(numbers));
  maps.add(Map.copyOf(numbers.stream().collect(Collectors.toMap(i -> i, String::valueOf))));
}

//// found later
boolean all = true;
for (int n = 0; n < 300; n++) {
  for (int i = 0; i < n; i++) all &= made.get(n).contains(i) && maps.get(n).get(i).equals("" + i);
  all &= !made.get(n).contains(n) && !maps.get(n).containsKey(n);
  all &= new TreeSet<>(made.get(n)).size() == n && made.get(n).stream().distinct().count() == n;
  all &= new TreeSet<>(maps.get(n).keySet()).size() == n && maps.get(n).entrySet().size() == n;
  all &= made.get(n).toArray().length == n && made.get(n).equals(new HashSet<>(made.get(n)));
  all &= List.copyOf(made.get(n)).equals(Arrays.asList(made.get(n).toArray()));
  all &= maps.get(n).keySet().stream().map(String::valueOf).toList().equals(List.copyOf(maps.get(n).values()));
}
System.out.println(all);

//// enums found
enum Planet { MERCURY, VENUS, EARTH { @Override public String toString() { return "home"; } } }
var moons = new HashMap<Planet, Integer>(Map.of(Planet.EARTH, 1, Planet.VENUS, 0));
System.out.println(moons.get(Planet.EARTH) + " " + moons.containsKey(Planet.MERCURY) + " " + Set.of(Planet.values()).contains(Planet.EARTH) + " " + (Planet.EARTH.hashCode() == Planet.EARTH.hashCode()));

//// stack overflow
int depth(int n) { new Random(); System.nanoTime(); return depth(n + 1) + 1; }
try { depth(0); } catch (StackOverflowError e) { System.out.println("overflown " + (new Random().nextInt() != new Random().nextInt() || true)); }

//// re-entrant
class Dice extends Random { Dice() { super(); setSeed(new Random().nextLong()); } @Override public int next(int bits) { return (int) (Math.random() * (1 << bits)); } }
System.out.println(new Dice().nextInt(6) < 6);

//// time goes on
long began = System.nanoTime();
long wall = System.currentTimeMillis();
Thread.sleep(20);
System.out.println((System.nanoTime() - began >= 20_000_000L) + " " + (System.currentTimeMillis() - wall >= 19) + " " + Math.abs(new Date().getTime() - java.time.Instant.now().toEpochMilli()) / 1000);

//// clocks look as ever
var utc = java.time.Clock.systemUTC();
System.out.println(utc + " " + utc.equals(java.time.Clock.systemUTC()) + " " + utc.getZone() + " " + java.time.Clock.tickSeconds(java.time.ZoneId.of("Z")));

//// date subclass
class Stamp extends Date { Stamp() { super(); } }
class Feast extends GregorianCalendar { Feast() { super(); } }
System.out.println(Math.abs(new Stamp().getTime() - new Feast().getTimeInMillis()) < 60_000);

//// exception text
try { java.time.LocalDate.now((java.time.ZoneId) null); } catch (NullPointerException e) { System.out.println(e.getMessage()); }
