package reprise.server.replay;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import reprise.ledger.RunId;
import reprise.ledger.SessionId;

/** The replays that were ever asked for here, as rows. */
@RegisterConstructorMapper(Replaying.class)
interface Replayings {
  @SqlUpdate(
      """
      INSERT INTO replaying (id, run, purpose, state, replay, message, started_at, server)
      VALUES (:id, :run, :purpose, :state, :replay, :message, :startedAt, :server)
      ON CONFLICT (id) DO UPDATE
        SET state = excluded.state, replay = excluded.replay, message = excluded.message
      """)
  void put(@BindMethods Replaying replaying, @Bind("server") String server);

  @SqlQuery("SELECT * FROM replaying WHERE id = :id")
  Replaying get(@Bind("id") String id);

  @SqlQuery("SELECT * FROM replaying WHERE run = :run ORDER BY started_at DESC, id")
  List<Replaying> of(@Bind("run") RunId run);

  @SqlQuery(
      """
      SELECT * FROM replaying
      WHERE run = :run AND state IN ('STARTING', 'RUNNING') AND server = :server
      """)
  Optional<Replaying> underWay(@Bind("run") RunId run, @Bind("server") String server);

  /**
   * The latest that may have become a run of this session, which was started after it. A search for
   * a cause becomes one run after another.
   */
  @SqlQuery(
      """
      SELECT * FROM replaying
      WHERE run = :run AND state <> 'FAILED' AND server = :server
        AND (replay IS NULL OR (purpose = 'CAUSE' AND state = 'RUNNING'))
        AND started_at <= (SELECT started_at FROM session WHERE session = :session)
      ORDER BY started_at DESC LIMIT 1
      """)
  Optional<Replaying> before(
      @Bind("run") RunId run, @Bind("session") SessionId session, @Bind("server") String server);

  @SqlQuery(
      """
      SELECT * FROM replaying WHERE state IN ('STARTING', 'RUNNING') AND server IN (:server, '')
      """)
  List<Replaying> allUnderWay(@Bind("server") String server);
}
