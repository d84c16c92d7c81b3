package reprise.server.db;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import reprise.ledger.RunEvent;
import reprise.ledger.RunId;
import reprise.ledger.SessionId;
import reprise.ledger.Wire;

/** Every event ever taken in, as it came. */
public record EventLog(Handle handle) {
  // How a run ended follows from these alone; what it showed may be a thousand times longer.
  private static final String OUTLINE =
      "('session-started', 'run-opened', 'cell-started', 'cell-ended', 'session-ended')";

  // To the opening of the next run, and what came later of threads that outlived their cells.
  private static final String TO_THE_END_OF_RUN =
      """
      FROM run_event e
      JOIN run r ON r.session = e.session
      WHERE r.run = :run
        AND (e.number <= (
            SELECT coalesce(min(later.number), 9223372036854775807) FROM run later
            WHERE later.session = r.session AND later.number > r.number)
          OR e.run IS NULL
          OR e.run IN (
            SELECT earlier.run FROM run earlier
            WHERE earlier.session = r.session AND earlier.number <= r.number))
      """;

  private static final String IN_ORDER = "ORDER BY e.number";

  /** The events of {@code session} after number {@code after}, each as its text. */
  public List<String> texts(SessionId session, long after) {
    return handle
        .createQuery(
            "SELECT body FROM run_event WHERE session = :session AND number > :after"
                + " ORDER BY number")
        .bind("session", session)
        .bind("after", after)
        .mapTo(String.class)
        .list();
  }

  /** The text of one event. */
  public Optional<String> text(SessionId session, long number) {
    return handle
        .createQuery("SELECT body FROM run_event WHERE session = :session AND number = :number")
        .bind("session", session)
        .bind("number", number)
        .mapTo(String.class)
        .findOne();
  }

  /**
   * The session's events as far as they concern {@code run}, each as its text: folding them gives
   * the run that all of the session's events would give.
   */
  public List<String> textsUpTo(RunId run) {
    return handle
        .createQuery("SELECT e.body " + TO_THE_END_OF_RUN + IN_ORDER)
        .bind("run", run)
        .mapTo(String.class)
        .list();
  }

  /** The same as events. */
  public List<RunEvent> upTo(RunId run) {
    return textsUpTo(run).stream().map(text -> Wire.read(text, RunEvent.class)).toList();
  }

  /** What {@code run} and those that it continues logged, first to last. */
  public List<RunEvent> metricsUpTo(RunId run) {
    return handle
        .createQuery(
            "SELECT e.body " + TO_THE_END_OF_RUN + "AND e.kind = 'metric-logged' " + IN_ORDER)
        .bind("run", run)
        .mapTo(RunEvent.class)
        .list();
  }

  /** The events of a session from which the status of its runs follows. */
  public List<RunEvent> outline(SessionId session) {
    return handle
        .createQuery(
            "SELECT body FROM run_event WHERE session = :session AND kind IN "
                + OUTLINE
                + " ORDER BY number")
        .bind("session", session)
        .mapTo(RunEvent.class)
        .list();
  }
}
