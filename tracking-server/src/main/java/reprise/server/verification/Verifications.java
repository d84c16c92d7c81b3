package reprise.server.verification;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;
import reprise.ledger.ExperimentName;
import reprise.ledger.RunId;
import reprise.ledger.Verdict;
import reprise.ledger.Verification;
import reprise.ledger.Verification.Phase;

/** How far verification is with each run, and what was said of experiments, as rows. */
@RegisterConstructorMapper(Verification.class)
@RegisterConstructorMapper(VerificationPolicy.class)
@RegisterConstructorMapper(Verifications.Candidate.class)
interface Verifications {

  /** A run whose turn has not come. */
  record Candidate(RunId run, ExperimentName experiment, Instant startedAt) {}

  /** Takes in what runs are over by now and can say something; returns how many are new. */
  @SqlUpdate(
      """
      INSERT INTO verification (run, experiment, stage, spent_millis)
      SELECT run, experiment,
        CASE WHEN EXISTS (SELECT 1 FROM faithful f WHERE f.run = r.run) THEN 'DONE'
          ELSE 'WAITING' END, 0
      FROM run r
      WHERE ended_at NOTNULL AND origin_kind <> 'replay' AND steps > 0
        AND status IN ('SUCCEEDED', 'FAILED')
        AND NOT EXISTS (SELECT 1 FROM verification v WHERE v.run = r.run)
      ON CONFLICT (run) DO NOTHING
      """)
  int adopt();

  @SqlQuery(
      """
      SELECT v.run, v.experiment, r.started_at FROM verification v JOIN run r ON r.run = v.run
      WHERE v.stage = 'WAITING' ORDER BY r.started_at DESC, v.run
      """)
  List<Candidate> waiting();

  @SqlUpdate("UPDATE verification SET stage = :stage, why = :why WHERE run = :run")
  void put(@BindMethods Verification verification);

  /** Takes a run for this server; returns 0 if another was quicker. */
  @SqlUpdate(
      """
      UPDATE verification SET stage = 'AT_WORK', why = NULL, begun_at = :now, server = :server,
        spent_millis = CASE WHEN begun_at >= :yesterday THEN spent_millis ELSE 0 END
      WHERE run = :run AND stage = 'WAITING'
      """)
  int begin(
      @Bind("run") RunId run,
      @Bind("now") Instant now,
      @Bind("yesterday") Instant yesterday,
      @Bind("server") String server);

  @SqlUpdate("UPDATE verification SET spent_millis = spent_millis + :millis WHERE run = :run")
  void spend(@Bind("run") RunId run, @Bind("millis") long millis);

  /** What replays of an experiment's runs took since then, in milliseconds. */
  @SqlQuery(
      """
      SELECT coalesce(sum(spent_millis), 0) FROM verification
      WHERE experiment = :experiment AND begun_at >= :since
      """)
  long spent(@Bind("experiment") ExperimentName experiment, @Bind("since") Instant since);

  @SqlQuery("SELECT run, stage, why FROM verification WHERE run = :run")
  Optional<Verification> of(@Bind("run") RunId run);

  /** The latest that says something of the whole run. */
  @SqlQuery("SELECT verdict FROM faithful WHERE run = :run ORDER BY at DESC, id DESC LIMIT 1")
  Optional<Verdict> verdict(@Bind("run") RunId run);

  /** A verdict that somebody else came to. */
  @SqlUpdate(
      """
      UPDATE verification SET stage = 'DONE', why = NULL
      WHERE run = :run AND stage <> 'AT_WORK'
        AND EXISTS (SELECT 1 FROM faithful f WHERE f.run = :run)
      """)
  int settle(@Bind("run") RunId run);

  /** What this server was at when it died; of others nobody here knows whether they live. */
  @SqlUpdate(
      """
      UPDATE verification SET stage = 'WAITING'
      WHERE stage = 'AT_WORK' AND server IN (:server, '')
      """)
  void forgetLost(@Bind("server") String server);

  @SqlUpdate(
      """
      UPDATE verification SET stage = 'WAITING', why = NULL
      WHERE experiment = :experiment AND stage IN ('OFF', 'PASSED_OVER')
      """)
  void reconsider(@Bind("experiment") ExperimentName experiment);

  @SqlQuery(
      """
      SELECT enabled, minutes_per_day, days FROM verification_policy
      WHERE experiment = :experiment
      """)
  @Nullable VerificationPolicy policy(@Bind("experiment") ExperimentName experiment);

  @SqlUpdate(
      """
      INSERT INTO verification_policy (experiment, enabled, minutes_per_day, days)
      VALUES (:experiment, :enabled, :minutesPerDay, :days)
      ON CONFLICT (experiment) DO UPDATE SET enabled = excluded.enabled,
        minutes_per_day = excluded.minutes_per_day, days = excluded.days
      """)
  void put(@Bind("experiment") ExperimentName experiment, @BindMethods VerificationPolicy policy);

  /** The usual one if nothing was said. */
  default VerificationPolicy policyOf(ExperimentName experiment) {
    VerificationPolicy said = policy(experiment);
    return said == null ? VerificationPolicy.USUAL : said;
  }

  default void put(RunId run, Phase stage, @Nullable String why) {
    put(new Verification(run, stage, why));
  }
}
