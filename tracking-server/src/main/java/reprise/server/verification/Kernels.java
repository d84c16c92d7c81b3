package reprise.server.verification;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import reprise.ledger.HostName;
import reprise.ledger.RunEvent;
import reprise.ledger.SessionId;

/** Tells whether people's kernels on this machine are at work; replays are nobody's kernel. */
final class Kernels {
  /** A kernel that was not heard of for so long is dead, whatever it had begun. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Jdbi jdbi;
  private final InstantSource clock;
  private final String host;
  private final Map<SessionId, Boolean> peoples = new HashMap<>();
  private final Set<SessionId> busy = new HashSet<>();
  private Instant lastWork;

  Kernels(Jdbi jdbi, InstantSource clock) {
    this.jdbi = jdbi;
    this.clock = clock;
    this.host = HostName.here();
    this.lastWork = clock.instant(); // who knows what went on before
  }

  /** Whether this is the beginning of a cell that a person waits for. */
  synchronized boolean hear(RunEvent event) {
    if (event instanceof RunEvent.SessionStarted || !isPeoples(event.session())) {
      return false; // of a session that has just started nobody knows yet what it is
    }
    lastWork = clock.instant();
    if (event instanceof RunEvent.CellStarted) {
      return busy.add(event.session());
    }
    if (event instanceof RunEvent.CellEnded || event instanceof RunEvent.SessionEnded) {
      busy.remove(event.session());
    }
    return false;
  }

  /** Whether no cell runs, and none has for this long. */
  synchronized boolean areQuietFor(Duration time) {
    busy.removeIf(this::isSilent);
    return busy.isEmpty() && !clock.instant().isBefore(lastWork.plus(time));
  }

  private boolean isPeoples(SessionId session) {
    return peoples.computeIfAbsent(
        session,
        unknown ->
            jdbi.withHandle(
                handle ->
                    handle
                        .createQuery(
                            """
                            SELECT count(*) FROM session s WHERE session = :session
                              AND host = :host AND NOT EXISTS (SELECT 1 FROM run r
                                WHERE r.session = s.session AND origin_kind = 'replay')
                            """)
                        .bind("session", unknown)
                        .bind("host", host)
                        .mapTo(Boolean.class)
                        .one()));
  }

  private boolean isSilent(SessionId session) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "SELECT count(*) FROM pulse WHERE session = :session AND last_seen < :silent")
                .bind("session", session)
                .bind("silent", clock.instant().minus(PATIENCE))
                .mapTo(Boolean.class)
                .one());
  }
}
