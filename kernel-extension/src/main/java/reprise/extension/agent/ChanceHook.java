package reprise.extension.agent;

import java.util.concurrent.ForkJoinWorkerThread;
import org.jspecify.annotations.Nullable;

/**
 * What woven code of {@code java.base} asks where it is not the same each time. Like {@link
 * FileHook} it is copied into {@code java.lang} and must stand on its own; {@link ChanceHooks}
 * speaks to the copy.
 *
 * <p>While no step runs every answer is the JDK's own, and while one is recorded as well, except
 * that seeds come from the step's seed and an enum's hash from its name.
 */
public final class ChanceHook {
  private static final long GAMMA = 0x9e3779b97f4a7c15L;
  private static final int MOST_GENERATORS = 32;
  private static final int MOST_LOOKS = 100;

  /** The thread of the running step; null between steps. */
  private static volatile @Nullable Thread cell;

  /** Whether it is the notebook's code that runs, and not the compiler. */
  private static volatile boolean heeding;

  private static volatile long youngestBefore;
  private static volatile boolean randomUsed;
  private static volatile boolean threadLocalUsed;
  private static volatile boolean orderUsed;
  private static volatile boolean mixed;
  private static volatile boolean looking;
  private static int looks;
  private static volatile boolean ordered;
  private static volatile long order;

  private static long seed;
  private static long drawn;
  private static long threadLocal;
  private static long drawnElsewhere;
  private static @Nullable Thread elsewhere;

  private static final String[] GENERATORS = new String[MOST_GENERATORS];
  private static int generators;

  private ChanceHook() {}

  // --- what ChanceHooks says

  /** From now on seeds come from {@code from}. */
  public static synchronized void begin(Thread thread, long youngest, long from) {
    seed = from;
    drawn = mix(from ^ GAMMA);
    drawnElsewhere = mix(from ^ (GAMMA << 1));
    threadLocal = mix(from ^ (GAMMA << 2));
    elsewhere = null;
    randomUsed = false;
    threadLocalUsed = false;
    orderUsed = false;
    looks = 0;
    mixed = false;
    heeding = true;
    youngestBefore = youngest;
    cell = thread;
  }

  /** The running step's own code goes on on this thread. */
  public static void goesOnHere() {
    if (cell != null) {
      cell = Thread.currentThread();
    }
  }

  public static void end() {
    cell = null;
    heeding = false;
  }

  public static void heed(boolean now) {
    heeding = now && cell != null;
  }

  public static boolean usedRandom() {
    return randomUsed;
  }

  public static boolean usedThreadLocal() {
    return threadLocalUsed;
  }

  public static boolean usedOrder() {
    return orderUsed;
  }

  /** Whether seeds were drawn on threads whose order is not the same each time. */
  public static boolean mixedThreads() {
    return mixed;
  }

  /** From now on sets and maps are gone through as where {@code salt} was the JVM's own. */
  public static void keepOrder(long salt) {
    order = salt;
    ordered = true;
  }

  /** The classes that have drawn their first state so far. */
  public static synchronized String[] generators() {
    String[] names = new String[generators];
    System.arraycopy(GENERATORS, 0, names, 0, generators);
    return names;
  }

  /** The state that the generators of class {@code name} begin with in a step of this seed. */
  public static long stateOf(String name, long from) {
    return mix(from ^ ((long) name.hashCode() << 16));
  }

  // --- woven calls: each is given the JDK's own value and returns the one to be used

  /** In {@code Random()}. */
  public static long seed(long own) {
    Thread running = cell;
    if (running == null) {
      return own;
    }
    Thread current = Thread.currentThread();
    if (current != running) {
      return seedElsewhere(current, own);
    }
    randomUsed = true;
    drawn += GAMMA;
    return mix(drawn);
  }

  /** One thread beside the cell's has an order of its own to keep; more of them have none. */
  private static synchronized long seedElsewhere(Thread current, long own) {
    if (isOurs(current)) {
      return own;
    }
    randomUsed = true;
    if (elsewhere == null) {
      elsewhere = current;
    }
    if (current != elsewhere
        || current.getId() <= youngestBefore
        || current instanceof ForkJoinWorkerThread) {
      mixed = true;
      return own;
    }
    drawnElsewhere += GAMMA;
    return mix(drawnElsewhere);
  }

  private static boolean isOurs(Thread thread) {
    String name = thread.getName();
    return name.startsWith("reprise-")
        || name.startsWith("JGit-")
        || name.startsWith("HttpClient-");
  }

  /** In {@code RandomSupport.initialSeed()}, which a generator's class asks once. */
  public static long initial(long own) {
    StackTraceElement[] stack = new Throwable().getStackTrace();
    String name = stack.length > 2 ? stack[2].getClassName() : "";
    remember(name);
    return Thread.currentThread() == cell ? stateOf(name, seed) : own;
  }

  private static synchronized void remember(String name) {
    if (generators < MOST_GENERATORS) {
      GENERATORS[generators] = name;
      generators++;
    }
  }

  /**
   * In {@code ThreadLocalRandom.nextSeed()}, whose own steps are as wide as the number of the
   * thread says, which is another in a replay.
   */
  public static long next(long own) {
    if (Thread.currentThread() != cell) {
      return own;
    }
    threadLocalUsed = true;
    threadLocal += GAMMA;
    return threadLocal;
  }

  /** Where the iterators of immutable sets and maps begin. */
  public static long salt(long own) {
    if (heeding) {
      heedOrder();
    }
    return ordered ? order : own;
  }

  /** Which way those go that have begun, element by element. */
  public static boolean reverse(boolean own) {
    return ordered ? (order & 1) == 0 : own;
  }

  /** Which of two elements comes first. */
  public static boolean second(boolean own) {
    if (heeding) {
      heedOrder();
    }
    return reverse(own);
  }

  private static void heedOrder() {
    Thread current = Thread.currentThread();
    if (orderUsed || looking || (current != cell && isOurs(current))) {
      return;
    }
    looking = true;
    try {
      looks++;
      orderUsed = looks > MOST_LOOKS || isOfTheProgram(new Throwable().getStackTrace());
    } finally {
      looking = false;
    }
  }

  /** The JDK goes through sets of its own when it links a lambda. */
  private static boolean isOfTheProgram(StackTraceElement[] stack) {
    for (int i = 2; i < stack.length; i++) {
      String name = stack[i].getClassName();
      if (!name.startsWith("java.util.") && !name.startsWith("java.lang.Reprise")) {
        return !name.startsWith("java.lang.invoke.")
            && !name.startsWith("java.lang.reflect.")
            && !name.startsWith("java.lang.classfile.")
            && !name.startsWith("java.lang.module.")
            && !name.startsWith("java.lang.Module")
            && !name.startsWith("jdk.")
            && !name.startsWith("sun.");
      }
    }
    return false;
  }

  /** In {@code Enum.hashCode()}: the place in memory is another in each JVM, the name is not. */
  public static int hash(int own, Enum<?> constant) {
    ClassLoader loader = constant.getDeclaringClass().getClassLoader();
    if (loader == null
        || loader == ClassLoader.getPlatformClassLoader()
        || loader == ClassLoader.getSystemClassLoader()) {
      return own; // may be a key already
    }
    return (int) mix(GAMMA * constant.name().hashCode());
  }

  private static long mix(long bits) {
    long z = bits;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
