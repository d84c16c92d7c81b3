package reprise.extension.capture;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import reprise.extension.secret.EventMask;
import reprise.ledger.Journal;
import reprise.ledger.RunEvent;
import reprise.ledger.RunId;
import reprise.ledger.Uplink;

/**
 * The journal in the hands of those who record: knows in which run and step they are, writes
 * nothing down that is secret, and outlives whatever goes wrong. That is said once, in one
 * sentence, and written into the journal as soon as it takes lines again.
 */
final class Logbook {
  private final Session session;
  private final Journal journal;
  private final EventMask mask;
  private final @Nullable Uplink uplink;
  private final Consumer<String> complaint;
  private final InstantSource clock;
  private final RandomGenerator chance;
  private final Map<Integer, RunId> runs = new HashMap<>();
  private @Nullable RunId run;
  private int step;
  private @Nullable String troubled;

  /**
   * @param uplink told when the journal has grown; null if nothing is delivered
   * @param complaint takes a sentence for the person, at most one for each kind of trouble
   */
  Logbook(
      Session session,
      Journal journal,
      EventMask mask,
      @Nullable Uplink uplink,
      Consumer<String> complaint,
      InstantSource clock,
      RandomGenerator chance) {
    this.session = session;
    this.journal = journal;
    this.mask = mask;
    this.uplink = uplink;
    this.complaint = complaint;
    this.clock = clock;
    this.chance = chance;
  }

  /** Something that may fail without the cell being any the worse. */
  interface Attempt {
    void make() throws IOException;
  }

  /** One at a time, so that what an attempt writes stands together in the journal. */
  void attempt(Attempt attempt) {
    try {
      attemptAlone(attempt);
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      trouble(e);
    }
  }

  private synchronized void attemptAlone(Attempt attempt) throws IOException {
    attempt.make();
  }

  /**
   * Says that something cannot be recorded, unless that has been said. Never with the lock: the
   * sentence goes on stage, and whoever is there may be waiting to have an output recorded.
   */
  void trouble(Throwable e) {
    String sentence;
    synchronized (this) {
      if (troubled != null) {
        return;
      }
      sentence =
          "Reprise could not record from step %d on (%s); the notebook goes on without it."
              .formatted(step, reason(e));
      troubled = sentence;
    }
    complaint.accept(sentence);
  }

  private static String reason(Throwable e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }

  synchronized void append(Journal.Draft draft) throws IOException {
    journal.append(n -> mask.masked(draft.numbered(n)));
    if (uplink != null) {
      uplink.nudge();
    }
  }

  Session session() {
    return session;
  }

  Instant now() {
    return clock.instant();
  }

  synchronized boolean hasRun() {
    return run != null;
  }

  /** The run that is open. */
  synchronized RunId run() {
    return Objects.requireNonNull(run, "no run is open");
  }

  synchronized RunId runOf(int earlier) {
    return Objects.requireNonNull(runs.get(earlier));
  }

  synchronized int step() {
    return step;
  }

  synchronized void openRun(@Nullable String name) throws IOException {
    RunId before = run;
    RunId next = RunId.next(clock, chance);
    append(
        n ->
            new RunEvent.RunOpened(
                session.id(),
                n,
                now(),
                next,
                session.experiment(),
                name,
                before,
                session.origin()));
    run = next;
  }

  synchronized void beginStep() {
    step++;
    runs.put(step, run());
  }

  /** Whether something has gone wrong and could not be written down yet. */
  synchronized boolean isTroubled() {
    return troubled != null;
  }

  synchronized void sayWhatWasMissed() throws IOException {
    String missed = troubled;
    if (missed != null) {
      append(n -> new RunEvent.RecordingNoted(session.id(), n, now(), run, missed));
      troubled = null;
    }
  }

  /** Writes down what a person must know about the recording as a whole. */
  void note(String remark) {
    attempt(() -> append(n -> new RunEvent.RecordingNoted(session.id(), n, now(), null, remark)));
  }

  /** Returns when all of it is on the disk. */
  void sync() throws IOException {
    journal.sync();
  }

  void close() throws IOException {
    journal.close();
  }
}
