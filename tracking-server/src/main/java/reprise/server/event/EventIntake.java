package reprise.server.event;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;
import reprise.ledger.RunEvent;
import reprise.ledger.SessionId;
import reprise.server.db.Database;
import reprise.server.db.EventLog;
import reprise.server.http.Refusal;

/** Takes in a batch of events: all of it or none, and each event once, however often it is sent. */
final class EventIntake {
  private final Database database;
  private final BiConsumer<Handle, List<RunEvent>> projection;
  private final Consumer<RunEvent> live;
  private final InstantSource clock;

  /**
   * @param projection brings the other tables up to date, in the same transaction
   * @param live hears of every new event, after the commit
   */
  EventIntake(
      Database database,
      BiConsumer<Handle, List<RunEvent>> projection,
      Consumer<RunEvent> live,
      InstantSource clock) {
    this.database = database;
    this.projection = projection;
    this.live = live;
    this.clock = clock;
  }

  /**
   * Returns the number that the session's next event must have. An empty batch says that the
   * session is alive.
   */
  long take(SessionId session, List<SentEvent> batch) {
    checkOrder(session, batch);
    Taken taken = database.jdbi().inTransaction(tx -> store(tx, session, batch));
    taken.fresh.forEach(live); // after the commit: nobody hears of what was rolled back
    return taken.next;
  }

  private record Taken(List<RunEvent> fresh, long next) {}

  private static void checkOrder(SessionId session, List<SentEvent> batch) {
    long expected = batch.isEmpty() ? 1 : batch.get(0).event().number();
    for (SentEvent sent : batch) {
      if (!sent.event().session().equals(session)) {
        throw new Refusal(
            400,
            "event %d is of session %s, but was sent to %s; nothing of the batch was taken in"
                .formatted(sent.event().number(), sent.event().session(), session));
      }
      if (sent.event().number() != expected) {
        throw gap(expected, sent.event().number());
      }
      checkBeginning(sent.event());
      expected++;
    }
  }

  private static void checkBeginning(RunEvent event) {
    if (event.number() < 1) {
      throw new Refusal(400, "events are numbered from 1, not from " + event.number());
    }
    if ((event.number() == 1) != (event instanceof RunEvent.SessionStarted)) {
      throw new Refusal(400, "event 1 of a session, and no other, is its session-started");
    }
  }

  private static Refusal gap(long expected, long found) {
    return new Refusal(
        409,
        "event %d was expected, but %d came; send again from %d on, nothing of the batch was"
                .formatted(expected, found, expected)
            + " taken in");
  }

  private Taken store(Handle tx, SessionId session, List<SentEvent> batch) {
    database.takeTurn(tx, "session " + session); // two may send the same at once
    long next = next(tx, session);
    if (!batch.isEmpty() && batch.get(0).event().number() > next) {
      throw gap(next, batch.get(0).event().number());
    }
    int known = (int) Math.min(batch.size(), next - firstNumber(batch, next));
    batch.subList(0, known).forEach(sent -> checkSame(tx, sent));
    List<SentEvent> fresh = batch.subList(known, batch.size());
    add(tx, fresh);
    List<RunEvent> events = fresh.stream().map(SentEvent::event).toList();
    projection.accept(tx, events);
    noteAlive(tx, session);
    return new Taken(events, next + events.size());
  }

  private static long firstNumber(List<SentEvent> batch, long next) {
    return batch.isEmpty() ? next : batch.get(0).event().number();
  }

  private static long next(Handle tx, SessionId session) {
    return tx.createQuery(
            "SELECT coalesce(max(number), 0) + 1 FROM run_event WHERE session = :session")
        .bind("session", session)
        .mapTo(Long.class)
        .one();
  }

  private static void checkSame(Handle tx, SentEvent sent) {
    RunEvent event = sent.event();
    String stored = new EventLog(tx).text(event.session(), event.number()).orElse("{}");
    if (!sent.says(stored)) {
      throw new Refusal(
          409,
          "event %d of session %s is known here with another content; a journal is never rewritten"
              .formatted(event.number(), event.session()));
    }
  }

  private static void add(Handle tx, List<SentEvent> fresh) {
    if (fresh.isEmpty()) {
      return;
    }
    PreparedBatch rows =
        tx.prepareBatch(
            "INSERT INTO run_event (session, number, kind, run, body) VALUES (?,?,?,?,?)");
    for (SentEvent sent : fresh) {
      RunEvent event = sent.event();
      rows.add(event.session().value(), event.number(), kind(event), runOf(event), sent.text());
    }
    rows.execute();
  }

  private static String kind(RunEvent event) {
    return event.getClass().getAnnotation(JsonTypeName.class).value();
  }

  private static @Nullable String runOf(RunEvent event) {
    return event.run() == null ? null : event.run().value();
  }

  private void noteAlive(Handle tx, SessionId session) {
    tx.createUpdate(
            """
            INSERT INTO pulse (session, last_seen) VALUES (:session, :now)
            ON CONFLICT (session) DO UPDATE SET last_seen = excluded.last_seen
            """)
        .bind("session", session)
        .bind("now", clock.instant())
        .execute();
  }
}
