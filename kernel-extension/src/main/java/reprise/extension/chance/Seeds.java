package reprise.extension.chance;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import reprise.extension.agent.ChanceHooks;
import reprise.ledger.Chance.Source;

/**
 * The JDK's own seeds. They lie in private fields, which move between JDKs: one that is not where
 * it should be stays as it is, and is named in {@link #unpinned}. No lambdas here: linking them
 * would cost the start of each kernel more than the seeds do.
 */
final class Seeds {
  private static final String MATH = "Math.random";
  private static final String STRICT_MATH = "StrictMath.random";
  private static final String SHUFFLE = "Collections.shuffle";
  private static final String SPLITTABLE = "java.util.SplittableRandom";
  private static final String ORDER = "the order of Set.of";
  private static final String[] SOURCES = {MATH, STRICT_MATH, SHUFFLE, SPLITTABLE, ORDER};

  private final ChanceHooks hooks;
  private final List<Shared> shared = new ArrayList<>();
  private final Map<String, AtomicLong> generators = new LinkedHashMap<>();
  private final List<String> unpinned = new ArrayList<>();
  private @Nullable Long order;
  private long seed;

  /** A {@code Random} that all callers share, with the state inside it. */
  private static final class Shared {
    private final Source source;
    private final Random random;
    private final AtomicLong state;
    private long begun;

    Shared(Source source, Random random, AtomicLong state) {
      this.source = source;
      this.random = random;
      this.state = state;
    }

    void set(long seed) {
      random.setSeed(seed);
      begun = state.get();
    }

    boolean used() {
      return state.get() != begun;
    }
  }

  Seeds(ChanceHooks hooks) {
    this.hooks = hooks;
    hooks.open(Random.class);
    initialise("java.util.concurrent.ThreadLocalRandom");
    initialise("java.util.concurrent.ThreadLocalRandom$ThreadLocalRandomProxy");
    for (String source : SOURCES) {
      try {
        find(source);
      } catch (ReflectiveOperationException | RuntimeException e) {
        unpinned.add(source);
      }
    }
    warnOf("Random", "new Random()");
    warnOf("ThreadLocalRandom", "ThreadLocalRandom");
    warnOf("RandomSupport", "RandomGenerator");
    warnOf("Enum", "the order of enums in a HashSet");
  }

  /** These classes make a Random for themselves when they come, which shall count for no step. */
  private static void initialise(String name) {
    try {
      Class.forName(name);
    } catch (ClassNotFoundException e) {
      // not in this JDK, and so it makes none
    }
  }

  /** Looks for something where the JDKs that we know have it. */
  private void find(String source) throws ReflectiveOperationException {
    switch (source) {
      case MATH -> addHolder("java.lang.Math");
      case STRICT_MATH -> addHolder("java.lang.StrictMath");
      case SHUFFLE -> addShuffling();
      case SPLITTABLE -> addGenerator(SplittableRandom.class);
      case ORDER -> readOrder();
      default -> addGenerator(opened(source));
    }
  }

  private void warnOf(String strange, String source) {
    if (hooks.isStrange(strange)) {
      unpinned.add(source);
    }
  }

  private void addHolder(String owner) throws ReflectiveOperationException {
    Class<?> holder = Class.forName(owner + "$RandomNumberGeneratorHolder");
    addShared(Source.MATH_RANDOM, (Random) field(holder, "randomNumberGenerator").get(null));
  }

  private void addShuffling() throws ReflectiveOperationException {
    Field field = field(Collections.class, "r");
    Random random = (Random) field.get(null);
    if (random == null) {
      random = new Random();
      field.set(null, random);
    }
    addShared(Source.SHUFFLE, random);
  }

  private void addShared(Source source, Random random) throws ReflectiveOperationException {
    shared.add(new Shared(source, random, (AtomicLong) field(Random.class, "seed").get(random)));
  }

  private void addGenerator(Class<?> type) throws ReflectiveOperationException {
    for (Field field : type.getDeclaredFields()) {
      if (field.getType() == AtomicLong.class && Modifier.isStatic(field.getModifiers())) {
        field.setAccessible(true);
        generators.put(type.getName(), (AtomicLong) field.get(null));
        return;
      }
    }
    throw new NoSuchFieldException(type.getName());
  }

  private void readOrder() throws ReflectiveOperationException {
    Class<?> collections = Class.forName("java.util.ImmutableCollections");
    long salt = field(collections, "SALT32L").getLong(null);
    boolean woven =
        !hooks.isStrange("ImmutableCollections$Set12")
            && !hooks.isStrange("ImmutableCollections$Set12$1")
            && !hooks.isStrange("ImmutableCollections$SetN$SetNIterator")
            && !hooks.isStrange("ImmutableCollections$MapN$MapNIterator");
    if (!woven) {
      throw new NoSuchFieldException("SALT32L");
    }
    order = salt;
  }

  private static Field field(Class<?> owner, String name) throws ReflectiveOperationException {
    Field field = owner.getDeclaredField(name);
    field.setAccessible(true);
    return field;
  }

  /** What this JDK does not let be pinned. */
  List<String> unpinned() {
    return unpinned;
  }

  /** The number that says in which order immutable sets and maps are gone through. */
  @Nullable Long order() {
    return order;
  }

  void keepOrder(long kept) {
    if (order != null) {
      order = kept;
      hooks.keepOrder(kept);
    }
  }

  /** What follows from a step's seed for a source of this name. */
  long stateOf(String source, long from) {
    return hooks.stateOf(source, from);
  }

  /** Begins a step on this thread. */
  void set(long from, long youngest) {
    seed = from;
    addNewGenerators();
    for (Map.Entry<String, AtomicLong> generator : generators.entrySet()) {
      generator.getValue().set(hooks.stateOf(generator.getKey(), from));
    }
    for (int i = 0; i < shared.size(); i++) {
      shared.get(i).set(hooks.stateOf("shared " + i, from));
    }
    hooks.begin(Thread.currentThread(), youngest, from);
  }

  /** A generator's class comes into the JVM when it is first asked for. */
  private void addNewGenerators() {
    for (String name : hooks.generators()) {
      if (!generators.containsKey(name)) {
        try {
          find(name);
        } catch (ReflectiveOperationException | RuntimeException e) {
          generators.put(name, new AtomicLong(hooks.stateOf(name, seed))); // is never looked at
        }
      }
    }
  }

  private Class<?> opened(String name) throws ClassNotFoundException {
    Class<?> type = Class.forName(name, true, ClassLoader.getSystemClassLoader());
    hooks.open(type);
    return type;
  }

  /** Ends the step; tells which sources it drew from. */
  Set<Source> used() {
    hooks.end();
    addNewGenerators();
    Set<Source> used = EnumSet.noneOf(Source.class);
    for (Shared random : shared) {
      if (random.used()) {
        used.add(random.source);
      }
    }
    for (Map.Entry<String, AtomicLong> generator : generators.entrySet()) {
      String name = generator.getKey();
      if (generator.getValue().get() != hooks.stateOf(name, seed)) {
        used.add(name.equals(SPLITTABLE) ? Source.SPLITTABLE_RANDOM : Source.RANDOM_GENERATOR);
      }
    }
    if (hooks.usedRandom()) {
      used.add(Source.RANDOM);
    }
    if (hooks.usedThreadLocal()) {
      used.add(Source.THREAD_LOCAL_RANDOM);
    }
    if (hooks.usedOrder()) {
      used.add(Source.SET_ORDER);
    }
    return used;
  }

  /** Whether seeds were drawn on threads that keep no order. */
  boolean mixedThreads() {
    return hooks.mixedThreads();
  }
}
