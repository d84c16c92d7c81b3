package reprise.extension.chance;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;

/**
 * What the notebook's own code calls where its source says {@code System.nanoTime()} and the like;
 * {@link ChanceWeave} sees to that. Between steps each answers as what it stands for.
 *
 * <p>Public because woven snippets call it, from another class loader. In a kernel of somebody
 * else's it is one of the few classes of ours that lie on the kernel's own class path.
 */
public final class NotebookChance {
  private static final AtomicBoolean GENERATORS_FOUND = new AtomicBoolean();

  private static volatile @Nullable NotebookReadings running;

  private NotebookChance() {}

  /** From now on readings are those of {@code step}; null ends it. */
  public static void read(@Nullable NotebookReadings step) {
    running = step;
  }

  public static long currentTimeMillis() {
    long now = System.currentTimeMillis();
    NotebookReadings step = running;
    return step == null ? now : step.millis(now);
  }

  public static long nanoTime() {
    long now = System.nanoTime();
    NotebookReadings step = running;
    return step == null ? now : step.nanos(now);
  }

  static Instant instant(Instant now) {
    NotebookReadings step = running;
    return step == null ? now : step.instant(now);
  }

  public static UUID randomUUID() {
    UUID now = UUID.randomUUID();
    NotebookReadings step = running;
    return step == null ? now : step.id(now);
  }

  public static Clock systemDefaultZone() {
    return system(ZoneId.systemDefault());
  }

  public static Clock systemUTC() {
    return new NotebookClock(Clock.systemUTC());
  }

  public static Clock system(ZoneId zone) {
    return new NotebookClock(Clock.system(zone));
  }

  public static InstantSource system() {
    return systemUTC();
  }

  public static Clock tickMillis(ZoneId zone) {
    return Clock.tick(system(zone), Duration.ofMillis(1));
  }

  public static Clock tickSeconds(ZoneId zone) {
    return Clock.tick(system(zone), Duration.ofSeconds(1));
  }

  public static Clock tickMinutes(ZoneId zone) {
    return Clock.tick(system(zone), Duration.ofMinutes(1));
  }

  /** A calendar that was made just now. */
  public static Calendar timed(Calendar calendar) {
    calendar.setTimeInMillis(currentTimeMillis());
    return calendar;
  }

  /** A calendar that was made just now. */
  public static GregorianCalendar timed(GregorianCalendar calendar) {
    calendar.setTimeInMillis(currentTimeMillis());
    return calendar;
  }

  public static @Nullable String getenv(String name) {
    String value = System.getenv(name);
    NotebookReadings step = running;
    if (step != null) {
      step.variable(name, value);
    }
    return value;
  }

  public static Map<String, String> getenv() {
    return new NotebookVariables(System.getenv());
  }

  /** Comes before something is asked of {@code SecureRandom}. */
  public static void secureRandom() {
    NotebookReadings step = running;
    if (step != null) {
      step.secureRandom();
    }
  }

  /**
   * Comes before generators are looked for by name. On 17 the JDK does that once, through the class
   * loader of the thread that comes first; a notebook's does not see them.
   */
  public static void generators() {
    sharedRandom();
    if (!GENERATORS_FOUND.getAndSet(true)) {
      Thread thread = Thread.currentThread();
      ClassLoader notebook = thread.getContextClassLoader();
      thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
      try {
        RandomGeneratorFactory.of("L32X64MixRandom");
      } catch (IllegalArgumentException e) {
        // not among those of this JDK; the program is about to see what is
      } finally {
        thread.setContextClassLoader(notebook);
      }
    }
  }

  /** Comes before something is drawn from a source that has no order between threads. */
  public static void sharedRandom() {
    NotebookReadings step = running;
    if (step != null) {
      step.sharedRandom();
    }
  }
}
