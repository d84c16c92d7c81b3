package reprise.extension.chance;

import java.util.HashSet;
import java.util.Set;

/** How a call of the JDK's brings chance into a notebook. */
enum ChanceCall {
  /** {@link NotebookChance} has a method of the same name and shape. */
  REPLACED,
  /** Asks the system's clock, and would take another. */
  TIMED,
  /** Makes a date of now, and would take a time. */
  DATED,
  /** Makes a calendar of now, which can be set. */
  CALENDAR,
  /** Is never pinned. */
  SECURE,
  /** Draws from a source in which threads come in any order. */
  SHARED,
  /** Looks for generators by name, whose classes a notebook must be helped to find. */
  GENERATORS,
  /** Does nothing of the kind. */
  NONE;

  private static final String CLOCK = "Ljava/time/Clock;";
  private static final String ZONE = "Ljava/time/ZoneId;";

  private static final Set<String> REPLACEMENTS =
      Set.of(
          "java/lang/System.currentTimeMillis()J",
          "java/lang/System.nanoTime()J",
          "java/lang/System.getenv(Ljava/lang/String;)Ljava/lang/String;",
          "java/lang/System.getenv()Ljava/util/Map;",
          "java/util/UUID.randomUUID()Ljava/util/UUID;",
          "java/time/Clock.systemDefaultZone()" + CLOCK,
          "java/time/Clock.systemUTC()" + CLOCK,
          "java/time/Clock.system(" + ZONE + ")" + CLOCK,
          "java/time/Clock.tickMillis(" + ZONE + ")" + CLOCK,
          "java/time/Clock.tickSeconds(" + ZONE + ")" + CLOCK,
          "java/time/Clock.tickMinutes(" + ZONE + ")" + CLOCK,
          "java/time/InstantSource.system()Ljava/time/InstantSource;");

  private static final Set<String> SHARED_SOURCES =
      Set.of(
          "java/lang/Math.random()D",
          "java/lang/StrictMath.random()D",
          "java/util/concurrent/ThreadLocalRandom.current()"
              + "Ljava/util/concurrent/ThreadLocalRandom;",
          "java/util/SplittableRandom.<init>()V",
          "java/util/Collections.shuffle(Ljava/util/List;)V");

  /** Classes of which anything is called, so that most calls need one look only. */
  private static final Set<String> OWNERS = owners();

  private static Set<String> owners() {
    Set<String> owners =
        new HashSet<>(
            Set.of(
                "java/util/Date",
                "java/util/random/RandomGenerator",
                "java/util/random/RandomGeneratorFactory",
                "java/util/Calendar",
                "java/util/GregorianCalendar",
                "java/security/SecureRandom"));
    REPLACEMENTS.forEach(call -> owners.add(call.substring(0, call.indexOf('.'))));
    SHARED_SOURCES.forEach(call -> owners.add(call.substring(0, call.indexOf('.'))));
    return owners;
  }

  static ChanceCall of(String owner, String method, String descriptor) {
    boolean ofTime = owner.startsWith("java/time/");
    if (!ofTime && !OWNERS.contains(owner)) {
      return NONE;
    }
    if (owner.startsWith("java/util/random/RandomGenerator")) {
      boolean looks = method.equals("of") || method.equals("all") || method.equals("getDefault");
      return looks ? GENERATORS : NONE;
    }
    if (ofTime && (method.equals("now") || method.equals("dateNow"))) {
      boolean system = descriptor.startsWith("()") || descriptor.startsWith("(" + ZONE + ")");
      return system ? TIMED : NONE;
    }
    if (owner.equals("java/security/SecureRandom")) {
      boolean begins = method.equals("<init>") || method.startsWith("getInstance");
      return begins || method.equals("getSeed") ? SECURE : NONE;
    }
    if (owner.equals("java/util/Date")) {
      return method.equals("<init>") && descriptor.equals("()V") ? DATED : NONE;
    }
    if (owner.endsWith("Calendar")) {
      boolean now = method.equals("getInstance") || isOfNow(owner, method, descriptor);
      return now ? CALENDAR : NONE;
    }
    String call = owner + "." + method + descriptor;
    return REPLACEMENTS.contains(call) ? REPLACED : SHARED_SOURCES.contains(call) ? SHARED : NONE;
  }

  /** A calendar's constructor with numbers in it is for another time. */
  private static boolean isOfNow(String owner, String method, String descriptor) {
    return owner.equals("java/util/GregorianCalendar")
        && method.equals("<init>")
        && !descriptor.contains("I");
  }
}
