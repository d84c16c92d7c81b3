package reprise.extension.chance;

import java.io.Serializable;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** A system clock whose readings belong to the step that reads it. Looks like the one inside. */
final class NotebookClock extends Clock implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Clock real;

  NotebookClock(Clock real) {
    this.real = real;
  }

  @Override
  public ZoneId getZone() {
    return real.getZone();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return zone.equals(real.getZone()) ? this : new NotebookClock(real.withZone(zone));
  }

  @Override
  public long millis() {
    return NotebookChance.currentTimeMillis();
  }

  @Override
  public Instant instant() {
    return NotebookChance.instant(real.instant());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof NotebookClock clock ? real.equals(clock.real) : real.equals(other);
  }

  @Override
  public int hashCode() {
    return real.hashCode();
  }

  @Override
  public String toString() {
    return real.toString();
  }

  /** Whoever reads it back knows nothing of us. */
  private Object writeReplace() {
    return real;
  }
}
