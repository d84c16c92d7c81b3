package reprise.server.job;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Events that wait for quiet, as rows. */
@RegisterConstructorMapper(WaitingTable.Waiting.class)
interface WaitingTable {

  /**
   * What waits for a trigger.
   *
   * @param id the trigger's
   * @param events how many came
   */
  record Waiting(
      long id,
      String key,
      String cause,
      Map<String, String> parameters,
      int events,
      Instant firstAt,
      Instant beginsAt) {}

  /** Keeps all others from what waits for a trigger, until the transaction ends. */
  @SqlUpdate("UPDATE waiting_event SET events = events + 1 WHERE id = :id")
  int count(@Bind("id") long id);

  @SqlQuery("SELECT * FROM waiting_event WHERE id = :id")
  Optional<Waiting> find(@Bind("id") long id);

  @SqlUpdate(
      """
      INSERT INTO waiting_event (id, key, cause, parameters, events, first_at, begins_at)
      VALUES (:id, :key, :cause, :parameters, :events, :firstAt, :beginsAt)
      ON CONFLICT (id) DO UPDATE SET key = excluded.key, cause = excluded.cause,
        parameters = excluded.parameters, events = excluded.events, begins_at = excluded.begins_at
      """)
  void put(@BindMethods Waiting waiting);

  /** Those that have waited long enough, and those of a clock that has been set back since. */
  @SqlQuery(
      "SELECT * FROM waiting_event WHERE begins_at <= :now OR first_at > :ahead ORDER BY begins_at")
  List<Waiting> ready(@Bind("now") Instant now, @Bind("ahead") Instant ahead);

  /** Returns 0 if somebody else has taken it. */
  @SqlUpdate("DELETE FROM waiting_event WHERE id = :id")
  int take(@Bind("id") long id);

  @SqlUpdate("DELETE FROM waiting_event WHERE id NOT IN (SELECT id FROM job_trigger)")
  void forget();
}
