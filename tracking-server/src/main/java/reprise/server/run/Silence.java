package reprise.server.run;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import reprise.ledger.HostName;
import reprise.ledger.SessionId;

/**
 * Tells a session that is quiet from one that is dead. A kernel that was killed cannot say so; a
 * run must not be called running for ever because of that.
 */
final class Silence {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration START_UP = Duration.ofSeconds(5);

  private final InstantSource clock;
  private final String thisHost;

  Silence(InstantSource clock) {
    this.clock = clock;
    this.thisHost = HostName.here();
  }

  /** Sessions last heard of before this moment are taken for dead, until they are heard again. */
  Instant before() {
    return clock.instant().minus(PATIENCE);
  }

  /** Open sessions of this host whose process is gone: these are dead without any waiting. */
  List<SessionId> gone(Handle handle) {
    return handle
        .createQuery(
            "SELECT session, pid, started_at FROM session WHERE ended_at IS NULL AND host = :host")
        .bind("host", thisHost)
        .map(
            (row, ctx) ->
                new Kernel(
                    new SessionId(row.getString("session")),
                    row.getLong("pid"),
                    Instant.parse(row.getString("started_at"))))
        .stream()
        .filter(kernel -> !kernel.isAlive())
        .map(Kernel::session)
        .toList();
  }

  private record Kernel(SessionId session, long pid, Instant startedAt) {
    boolean isAlive() {
      return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(this::isIt).isPresent();
    }

    // Process ids are used again; a process younger than the session is somebody else.
    private boolean isIt(ProcessHandle process) {
      @Nullable Instant born = process.info().startInstant().orElse(null);
      return born == null || born.isBefore(startedAt.plus(START_UP));
    }
  }
}
