package reprise.server.run;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Data;
import reprise.ledger.Origin;
import reprise.ledger.Run;
import reprise.ledger.RunEvent;
import reprise.ledger.RunId;
import reprise.ledger.RunStatus;
import reprise.ledger.SessionId;
import reprise.server.db.EventLog;
import reprise.server.http.Refusal;

/**
 * Keeps the tables that can be asked in step with the events. Nothing in these tables is of its
 * own: they can be dropped and folded again from the events at any time.
 */
public final class RunProjection {
  private static final int CHUNK = 1000;

  private RunProjection() {}

  /** Brings the tables up to date with {@code fresh}, a session's next events, just stored. */
  public static void apply(Handle tx, List<RunEvent> fresh) {
    new Batch(tx).apply(fresh);
  }

  /** Empties the tables and folds them again from all events. */
  public static void refold(Jdbi jdbi) {
    jdbi.useTransaction(
        tx -> {
          tx.execute("DELETE FROM data");
          tx.execute("DELETE FROM run");
          tx.execute("DELETE FROM session");
          tx.createQuery("SELECT DISTINCT session FROM run_event ORDER BY session")
              .mapTo(SessionId.class)
              .list()
              .forEach(session -> refold(tx, session));
        });
  }

  private static void refold(Handle tx, SessionId session) {
    long after = 0;
    List<RunEvent> chunk = chunk(tx, session, after);
    while (!chunk.isEmpty()) {
      apply(tx, chunk);
      after = chunk.get(chunk.size() - 1).number();
      chunk = chunk(tx, session, after);
    }
  }

  private static List<RunEvent> chunk(Handle tx, SessionId session, long after) {
    return tx.createQuery(
            """
            SELECT body FROM run_event WHERE session = :session AND number > :after
            ORDER BY number LIMIT :limit
            """)
        .bind("session", session)
        .bind("after", after)
        .bind("limit", CHUNK)
        .mapTo(RunEvent.class)
        .list();
  }

  /** One batch on its way into the tables: each run it touches is read and written once. */
  private static final class Batch {
    private final Handle tx;
    private final Map<RunId, Tally> tallies = new LinkedHashMap<>();
    private final Set<RunId> toSettle = new LinkedHashSet<>();

    Batch(Handle tx) {
      this.tx = tx;
    }

    void apply(List<RunEvent> fresh) {
      if (fresh.isEmpty()) {
        return;
      }
      fresh.forEach(this::add);
      RunEvent last = fresh.get(fresh.size() - 1);
      tx.createUpdate("UPDATE session SET next = :next WHERE session = :session")
          .bind("next", last.number() + 1)
          .bind("session", last.session())
          .execute();
      saveTallies();
      settle(last.session());
    }

    private void add(RunEvent event) {
      if (event instanceof RunEvent.SessionStarted it) {
        begin(it);
      } else if (event instanceof RunEvent.RunOpened it) {
        close(it);
        open(it);
      } else if (event instanceof RunEvent.CellStarted it) {
        Tally tally = tally(it, it.run());
        if (tally != null) {
          tally.count(it);
        }
      } else if (event instanceof RunEvent.CellEnded it) {
        end(it);
      } else if (event instanceof RunEvent.DataTouched it) {
        keepLate(it);
      } else if (event instanceof RunEvent.SessionEnded it) {
        close(it);
        tx.createUpdate("UPDATE session SET ended_at = :at WHERE session = :session")
            .bind("at", it.at())
            .bind("session", it.session())
            .execute();
      }
    }

    private void begin(RunEvent.SessionStarted event) {
      tx.createUpdate(
              """
              INSERT INTO session (session, next, started_at, notebook, host, pid)
              VALUES (:session, 2, :at, :notebook, :host, :pid)
              """)
          .bind("session", event.session())
          .bind("at", event.at())
          .bind("notebook", event.notebook().path())
          .bind("host", event.host())
          .bind("pid", event.pid())
          .execute();
    }

    /** What ends a session's open run: the next one, or the end of the session. */
    private void close(RunEvent event) {
      saveTallies();
      tx.createQuery("SELECT run FROM run WHERE session = :session AND ended_at IS NULL")
          .bind("session", event.session())
          .mapTo(RunId.class)
          .forEach(toSettle::add);
      tx.createUpdate("UPDATE run SET ended_at = :at WHERE session = :session AND ended_at IS NULL")
          .bind("at", event.at())
          .bind("session", event.session())
          .execute();
    }

    private void open(RunEvent.RunOpened event) {
      refuseKnown(event);
      tx.createUpdate(
              """
              INSERT INTO run (run, session, number, experiment, name, continues, origin,
                origin_kind, notebook, status, started_at, steps, took_nanos, parameters, "values")
              SELECT :run, :session, :number, :experiment, :name, :continues, :origin, :kind,
                s.notebook, :status, :at, 0, 0, coalesce(c.parameters, '{}'),
                coalesce(c."values", '{}')
              FROM session s LEFT JOIN run c ON c.run = :continues AND c.session = s.session
              WHERE s.session = :session
              """)
          .bind("run", event.run())
          .bind("session", event.session())
          .bind("number", event.number())
          .bind("experiment", event.experiment())
          .bind("name", event.name())
          .bind("continues", event.continues() == null ? null : event.continues().value())
          .bindByType("origin", event.origin(), Origin.class)
          .bind("kind", event.origin().getClass().getAnnotation(JsonTypeName.class).value())
          .bind("status", RunStatus.RUNNING)
          .bind("at", event.at())
          .execute();
    }

    private void refuseKnown(RunEvent.RunOpened event) {
      tx.createQuery("SELECT session FROM run WHERE run = :run")
          .bind("run", event.run())
          .mapTo(SessionId.class)
          .findOne()
          .ifPresent(
              session -> {
                throw new Refusal(
                    409,
                    "event %d opens run %s, which was opened before, in session %s"
                        .formatted(event.number(), event.run(), session));
              });
    }

    private void end(RunEvent.CellEnded event) {
      Tally tally = tally(event, event.run());
      if (tally == null) {
        return;
      }
      tally.count(event);
      keep(event.run(), event.step(), event.data(), 0);
    }

    /** What a step did after its end comes behind what it did before. */
    private void keepLate(RunEvent.DataTouched event) {
      int position =
          tx.createQuery(
                  "SELECT coalesce(max(position) + 1, 0) FROM data WHERE run = :run AND step = :step")
              .bind("run", event.run())
              .bind("step", event.step())
              .mapTo(Integer.class)
              .one();
      keep(event.run(), event.step(), event.data(), position);
    }

    private void keep(RunId run, int step, List<Data> touched, int from) {
      if (touched.isEmpty()) {
        return;
      }
      PreparedBatch rows =
          tx.prepareBatch(
              """
              INSERT INTO data (run, step, position, direction, path, digest)
              VALUES (?,?,?,?,?,?)
              ON CONFLICT (run, step, position) DO UPDATE SET direction = excluded.direction,
                path = excluded.path, digest = excluded.digest
              """);
      int position = from;
      for (Data data : touched) {
        rows.add(
            run.value(),
            step,
            position++,
            data.direction().name(),
            data.path(),
            data.digest() == null ? null : data.digest().hex());
      }
      rows.execute();
    }

    private @Nullable Tally tally(RunEvent event, RunId run) {
      Tally tally = tallies.get(run);
      if (tally == null) {
        tally = Tally.of(tx, run, event).orElse(null);
        if (tally == null) {
          return null; // the run never opened; the event itself is kept
        }
        tallies.put(run, tally);
      }
      if (!tally.isOpen()) {
        toSettle.add(run);
      }
      return tally;
    }

    private void saveTallies() {
      tallies.values().forEach(tally -> tally.save(tx));
      tallies.clear();
    }

    /** Asks the ledger how the runs that are over went: the rule for that stands there alone. */
    private void settle(SessionId session) {
      if (toSettle.isEmpty()) {
        return;
      }
      for (Run run : Run.all(new EventLog(tx).outline(session))) {
        if (toSettle.contains(run.run())) {
          tx.createUpdate("UPDATE run SET status = :status WHERE run = :run AND ended_at NOTNULL")
              .bind("status", run.status())
              .bind("run", run.run())
              .execute();
        }
      }
    }
  }
}
