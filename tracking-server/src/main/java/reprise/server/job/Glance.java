package reprise.server.job;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Sees whether there is anything to do at all, at next to no cost: it is asked several times a
 * second, for as long as a server lives, and so keeps its connection. For one thread.
 */
final class Glance implements AutoCloseable {
  private final Jdbi jdbi;
  private @Nullable Handle open;

  Glance(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * Whether a trigger is due, or something waits or is queued.
   *
   * @param underWay whether what is under way is work as well: somebody should be at it
   * @param setBack what was seen so far ahead was seen by a clock that has been set back since
   */
  boolean findsWork(Instant now, Duration setBack, boolean underWay) {
    return ask(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT EXISTS
                        (SELECT 1 FROM job_trigger WHERE next_at <= :now OR seen_to > :ahead)
                      OR EXISTS
                        (SELECT 1 FROM waiting_event WHERE begins_at <= :now OR first_at > :ahead)
                      OR EXISTS
                        (SELECT 1 FROM firing
                        WHERE status IN ('QUEUED', 'RUNNING') AND status = 'QUEUED')
                      OR EXISTS
                        (SELECT 1 FROM attempt
                        WHERE status IN ('WAITING', 'RUNNING') AND (status = 'WAITING' OR :all))
                    """)
                .bind("now", now)
                .bind("ahead", now.plus(setBack))
                .bind("all", underWay)
                .mapTo(Boolean.class)
                .one());
  }

  /** The triggers that hear streams. */
  List<JobTable.Due> streams() {
    return ask(handle -> handle.attach(JobTable.class).ofStreams());
  }

  private <T> T ask(Function<Handle, T> question) {
    Handle handle = open == null ? jdbi.open() : open;
    open = handle;
    try {
      return question.apply(handle);
    } catch (RuntimeException e) {
      close(); // the database may have gone and come back
      throw e;
    }
  }

  @Override
  public void close() {
    if (open != null) {
      open.close();
      open = null;
    }
  }
}
