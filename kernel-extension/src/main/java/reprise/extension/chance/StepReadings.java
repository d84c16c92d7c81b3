package reprise.extension.chance;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Chance.Readings;
import reprise.ledger.Chance.Source;

/** What notebook code reads from the clock and the like while one step runs. */
final class StepReadings {
  private static final Tape.GoingOn<Long> LATER = (last, trueThen, now) -> last + (now - trueThen);
  private static final Tape.GoingOn<Instant> LATER_INSTANT =
      (last, trueThen, now) -> last.plus(Duration.between(trueThen, now));
  private static final Tape.GoingOn<UUID> ANOTHER = (last, trueThen, now) -> now;

  private final Thread cell = Thread.currentThread();
  private final long youngestBefore;
  private final Tape<Long> millis;
  private final Tape<Long> nanos;
  private final Tape<Instant> instants;
  private final Tape<UUID> ids;
  private volatile boolean secureUsed;
  private volatile boolean drawnElsewhere;

  /**
   * Of a step that begins on this thread.
   *
   * @param recorded what it is to be given again; null while recording
   * @param youngestBefore no thread of this number or a lower one is the step's own
   */
  StepReadings(@Nullable Readings recorded, long youngestBefore) {
    this.youngestBefore = youngestBefore;
    millis = new Tape<>(recorded == null ? null : recorded.millis(), LATER);
    nanos = new Tape<>(recorded == null ? null : recorded.nanos(), LATER);
    instants = new Tape<>(recorded == null ? null : recorded.instants(), LATER_INSTANT);
    ids = new Tape<>(recorded == null ? null : recorded.ids(), ANOTHER);
  }

  long millis(long now) {
    return millis.read(now, keepsOrder());
  }

  long nanos(long now) {
    return nanos.read(now, keepsOrder());
  }

  Instant instant(Instant now) {
    return instants.read(now, keepsOrder());
  }

  UUID id(UUID now) {
    return ids.read(now, keepsOrder());
  }

  /** Those of a pool that is older than the step, or that shares out its work, keep none. */
  private boolean keepsOrder() {
    Thread current = Thread.currentThread();
    return current == cell
        || (current.getId() > youngestBefore && !(current instanceof ForkJoinWorkerThread));
  }

  void secureRandom() {
    secureUsed = true;
  }

  /** Somebody draws from a source that all threads share, or that each has for itself. */
  void sharedRandom() {
    if (Thread.currentThread() != cell) {
      drawnElsewhere = true;
    }
  }

  /** Whether such a source was drawn from on another thread than the cell's. */
  boolean drawnElsewhere() {
    return drawnElsewhere;
  }

  Readings readings() {
    return new Readings(millis.given(), nanos.given(), instants.given(), ids.given());
  }

  Set<Source> used() {
    Set<Source> used = EnumSet.noneOf(Source.class);
    if (!clock().map(Tape::given).allMatch(Collection::isEmpty)) {
      used.add(Source.CLOCK);
    }
    if (!ids.given().isEmpty()) {
      used.add(Source.UUID);
    }
    if (secureUsed) {
      used.add(Source.SECURE_RANDOM);
    }
    return used;
  }

  private Stream<Tape<?>> clock() {
    return Stream.of(millis, nanos, instants);
  }

  /** What a replay cannot have again, a line each. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (secureUsed) {
      notes.add("SecureRandom is never pinned: a replay draws other numbers");
    }
    if (clock().anyMatch(Tape::mixed)) {
      notes.add("the clock was read on threads whose order a replay cannot keep");
    }
    if (clock().anyMatch(Tape::overflowed)) {
      notes.add(
          "the clock was read more than %,d times: a replay lets it go on from there"
              .formatted(Tape.MOST));
    }
    if (ids.mixed()) {
      notes.add("UUIDs were made on threads whose order a replay cannot keep");
    }
    if (ids.overflowed()) {
      notes.add(
          "more than %,d UUIDs were made: a replay makes others from there".formatted(Tape.MOST));
    }
    return notes;
  }
}
