package reprise.extension.chance;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinWorkerThread;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Chance.Readings;
import reprise.ledger.Chance.Source;

/** What notebook code reads from the clock and the like while one step runs. */
final class StepReadings implements NotebookReadings {
  private volatile Thread cell = Thread.currentThread();
  private final long youngestBefore;
  private final Tape<Long> millis;
  private final Tape<Long> nanos;
  private final Tape<Instant> instants;
  private final Tape<UUID> ids;
  private final Map<String, Optional<String>> variables = new ConcurrentHashMap<>();
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
    millis = new Longs(recorded == null ? null : recorded.millis());
    nanos = new Longs(recorded == null ? null : recorded.nanos());
    instants = new Instants(recorded == null ? null : recorded.instants());
    ids = new Ids(recorded == null ? null : recorded.ids());
  }

  @Override
  public long millis(long now) {
    return millis.read(now, keepsOrder());
  }

  @Override
  public long nanos(long now) {
    return nanos.read(now, keepsOrder());
  }

  @Override
  public Instant instant(Instant now) {
    return instants.read(now, keepsOrder());
  }

  @Override
  public UUID id(UUID now) {
    return ids.read(now, keepsOrder());
  }

  /** The step's own code goes on on this thread: some kernels have one for each snippet. */
  void goesOnHere() {
    cell = Thread.currentThread();
  }

  /** Those of a pool that is older than the step, or that shares out its work, keep none. */
  private boolean keepsOrder() {
    Thread current = Thread.currentThread();
    return current == cell
        || (current.getId() > youngestBefore && !(current instanceof ForkJoinWorkerThread));
  }

  @Override
  public void variable(String name, @Nullable String value) {
    variables.putIfAbsent(name, Optional.ofNullable(value));
  }

  /** The environment variables that were asked for; empty for what was not set. */
  Map<String, Optional<String>> variables() {
    return variables;
  }

  @Override
  public void secureRandom() {
    secureUsed = true;
  }

  /** Somebody draws from a source that all threads share, or that each has for itself. */
  @Override
  public void sharedRandom() {
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
    if (!(millis.isUnread() && nanos.isUnread() && instants.isUnread())) {
      used.add(Source.CLOCK);
    }
    if (!ids.isUnread()) {
      used.add(Source.UUID);
    }
    if (secureUsed) {
      used.add(Source.SECURE_RANDOM);
    }
    return used;
  }

  /** What a replay cannot have again, a line each. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (secureUsed) {
      notes.add("SecureRandom is never pinned: a replay draws other numbers");
    }
    if (millis.mixed() || nanos.mixed() || instants.mixed()) {
      notes.add("the clock was read on threads whose order a replay cannot keep");
    }
    if (millis.overflowed() || nanos.overflowed() || instants.overflowed()) {
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

  /** Milliseconds or nanoseconds. */
  private static final class Longs extends Tape<Long> {
    Longs(@Nullable List<Long> recorded) {
      super(recorded);
    }

    @Override
    Long goOn(Long last, Long trueThen, Long now) {
      return last + (now - trueThen);
    }
  }

  private static final class Instants extends Tape<Instant> {
    Instants(@Nullable List<Instant> recorded) {
      super(recorded);
    }

    @Override
    Instant goOn(Instant last, Instant trueThen, Instant now) {
      return last.plus(Duration.between(trueThen, now));
    }
  }

  private static final class Ids extends Tape<UUID> {
    Ids(@Nullable List<UUID> recorded) {
      super(recorded);
    }

    @Override
    UUID goOn(UUID last, UUID trueThen, UUID now) {
      return now;
    }
  }
}
