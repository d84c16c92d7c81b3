package reprise.reproducer.execution;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How much of the machine a replay may use; null is as much as the recorded run might.
 *
 * @param heap as the JVM writes sizes, e.g. {@code 2g}; what a JVM takes beside its heap, and what
 *     its children take, is not limited
 * @param time by the wall
 * @param processors that the JVM believes to have
 */
public record Limits(@Nullable String heap, @Nullable Duration time, @Nullable Integer processors) {
  public static final Limits NONE = new Limits(null, null, null);

  private static final Pattern HEAP = Pattern.compile("[1-9]\\d{0,17}[kmgt]?");
  private static final Pattern TIME = Pattern.compile("([1-9]\\d{0,8})(s|m|h|d)");

  public Limits {
    if (processors != null && processors < 1) {
      throw new IllegalArgumentException("A replay needs a processor; give --cpus 1 or more.");
    }
  }

  /**
   * Reads them as a person writes them.
   *
   * @throws IllegalArgumentException if that is not understood; the message says what would be
   */
  public static Limits of(
      @Nullable String memory, @Nullable String timeout, @Nullable Integer processors) {
    return new Limits(
        memory == null ? null : heap(memory), timeout == null ? null : time(timeout), processors);
  }

  private static String heap(String written) {
    String heap = written.strip().toLowerCase(Locale.ROOT).replaceFirst("i?b$", "");
    if (!HEAP.matcher(heap).matches()) {
      throw new IllegalArgumentException(
          "'%s' is no amount of memory; write --memory 512m or 2g.".formatted(written));
    }
    return heap;
  }

  private static Duration time(String written) {
    Matcher time = TIME.matcher(written.strip().toLowerCase(Locale.ROOT));
    if (!time.matches()) {
      throw new IllegalArgumentException(
          "'%s' is no stretch of time; write --timeout 90s, 30m or 2h.".formatted(written));
    }
    String unit =
        time.group(2).equals("d") ? "P%sD" : "PT%s" + time.group(2).toUpperCase(Locale.ROOT);
    return Duration.parse(unit.formatted(time.group(1)));
  }
}
