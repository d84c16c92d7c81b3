package reprise.server.job;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.KeyColumn;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.config.ValueColumn;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Artifact;
import reprise.ledger.Attempt;
import reprise.ledger.AttemptId;
import reprise.ledger.AttemptStatus;
import reprise.ledger.Firing;
import reprise.ledger.FiringStatus;
import reprise.ledger.JobName;
import reprise.ledger.RunId;
import reprise.ledger.StageResult;
import reprise.ledger.Verdict;

/** Firings and their attempts, as rows. */
@RegisterConstructorMapper(Firing.class)
@RegisterConstructorMapper(Attempt.class)
interface FiringTable {
  String COLUMNS =
      """
      SELECT firing, job, version, key, cause, asked, due, parameters, status, why, created_at,
        ended_at,
        '[]' AS attempts FROM firing
      """;

  String ADD =
      """
      INSERT INTO firing (job, version, key, cause, asked, due, parameters, status, why,
        created_at, ended_at)
      VALUES (:job, :version, :key, :cause, :asked, :due, :parameters, :status, :why, :createdAt,
        :endedAt)
      ON CONFLICT (job, key) DO NOTHING
      """;

  /** Adds a firing that the job did not have; empty if it had. */
  @SqlQuery(ADD + "RETURNING firing")
  Optional<Long> add(@BindMethods Firing firing);

  /** Adds those that their jobs did not have; returns 1 for each of these, 0 for each other. */
  @SqlBatch(ADD)
  int[] add(@BindMethods List<Firing> firings);

  /** How many are at work, of each job of which some are. */
  @SqlQuery("SELECT job, count(*) AS running FROM firing WHERE status = 'RUNNING' GROUP BY job")
  @KeyColumn("job")
  @ValueColumn("running")
  Map<JobName, Integer> atWork();

  @SqlQuery(COLUMNS + "WHERE firing = :firing")
  Optional<Firing> bare(@Bind("firing") long firing);

  @SqlQuery(COLUMNS + "WHERE job = :job AND key = :key")
  Optional<Firing> bare(@Bind("job") JobName job, @Bind("key") String key);

  @SqlQuery(COLUMNS + "WHERE job = :job AND firing < :before ORDER BY firing DESC LIMIT :limit")
  List<Firing> bare(
      @Bind("job") JobName job, @Bind("before") long before, @Bind("limit") int limit);

  @SqlQuery(COLUMNS + "WHERE job = :job AND status = :status ORDER BY firing")
  List<Firing> inStatus(@Bind("job") JobName job, @Bind("status") FiringStatus status);

  /** The first of a job's queue; only those that somebody asked for, where the others are held. */
  @SqlQuery(
      COLUMNS
          + """
          WHERE job = :job AND status = 'QUEUED' AND (asked OR NOT :held)
          ORDER BY firing LIMIT :limit
          """)
  List<Firing> queue(
      @Bind("job") JobName job, @Bind("held") boolean held, @Bind("limit") int limit);

  @SqlQuery("SELECT count(*) FROM firing WHERE job = :job AND status = :status")
  int count(@Bind("job") JobName job, @Bind("status") FiringStatus status);

  @SqlQuery("SELECT * FROM attempt WHERE firing = :firing ORDER BY number")
  List<Attempt> attempts(@Bind("firing") long firing);

  /** Those of a job that are over, newest first. */
  @SqlQuery(
      """
      SELECT a.* FROM attempt a JOIN firing f ON f.firing = a.firing
      WHERE f.job = :job AND a.ended_at IS NOT NULL
      ORDER BY a.ended_at DESC LIMIT :limit
      """)
  List<Attempt> latest(@Bind("job") JobName job, @Bind("limit") int limit);

  /** Those under way, and those that ended later than then. */
  @SqlQuery("SELECT attempt FROM attempt WHERE ended_at IS NULL OR ended_at > :then")
  List<AttemptId> notEndedBy(@Bind("then") Instant then);

  /** Those made since the firing was opened, or opened again, that ended like this. */
  @SqlQuery(
      """
      SELECT count(*) FROM attempt a WHERE firing = :firing AND status IN (<statuses>)
        AND number > (SELECT tried FROM firing f WHERE f.firing = a.firing)
      """)
  int count(@Bind("firing") long firing, @BindList("statuses") List<AttemptStatus> statuses);

  @SqlQuery("SELECT * FROM attempt WHERE attempt = :attempt")
  Optional<Attempt> attempt(@Bind("attempt") AttemptId attempt);

  /** Makes this attempt the only one that may commit. */
  @SqlUpdate(
      """
      UPDATE firing SET status = 'RUNNING', attempt = :attempt
      WHERE firing = :firing AND status IN ('QUEUED', 'RUNNING')
      """)
  int entrust(@Bind("firing") long firing, @Bind("attempt") AttemptId attempt);

  @SqlUpdate(
      """
      INSERT INTO attempt (attempt, firing, number, place, status, not_before, started_at, ended_at,
        run, verdict, why, artifacts, stages)
      VALUES (:attempt, :firing, :number, :place, :status, :notBefore, :startedAt, :endedAt, :run, :verdict,
        :why, :artifacts, :stages)
      """)
  void add(@BindMethods Attempt attempt);

  /** Marks an attempt as begun; returns 0 if it is over, or its firing is. */
  @SqlUpdate(
      """
      UPDATE attempt SET status = 'RUNNING', started_at = coalesce(started_at, :now)
      WHERE attempt = :attempt AND status IN ('WAITING', 'RUNNING')
        AND EXISTS (SELECT 1 FROM firing f WHERE f.firing = attempt.firing
          AND f.status = 'RUNNING' AND f.attempt = attempt.attempt)
      """)
  int begin(@Bind("attempt") AttemptId attempt, @Bind("now") Instant now);

  /** Says of an attempt that is under way what keeps it; null if nothing does any more. */
  @SqlUpdate("UPDATE attempt SET why = :why WHERE attempt = :attempt AND status = 'RUNNING'")
  int hold(@Bind("attempt") AttemptId attempt, @Bind("why") @Nullable String why);

  /** Returns 0 if it was over before. */
  @SqlUpdate(
      """
      UPDATE attempt SET status = :status, ended_at = :now, run = :run, verdict = :verdict,
        why = :why, artifacts = :artifacts, stages = :stages
      WHERE attempt = :attempt AND status IN ('WAITING', 'RUNNING')
      """)
  int end(
      @Bind("attempt") AttemptId attempt,
      @Bind("status") AttemptStatus status,
      @Bind("now") Instant now,
      @Bind("run") @Nullable RunId run,
      @Bind("verdict") @Nullable Verdict verdict,
      @Bind("why") @Nullable String why,
      @Bind("artifacts") List<Artifact> artifacts,
      @Bind("stages") List<StageResult> stages);

  /** Ends a firing by the one attempt that may; returns 0 if it is another by now. */
  @SqlUpdate(
      """
      UPDATE firing SET status = :status, why = :why, ended_at = :now
      WHERE firing = :firing AND status = 'RUNNING' AND attempt = :attempt
      """)
  int settle(
      @Bind("firing") long firing,
      @Bind("attempt") AttemptId attempt,
      @Bind("status") FiringStatus status,
      @Bind("why") @Nullable String why,
      @Bind("now") Instant now);

  /** Returns 0 if it was over before. */
  @SqlUpdate(
      """
      UPDATE firing SET status = 'CANCELLED', why = :why, ended_at = :now
      WHERE firing = :firing AND status IN ('QUEUED', 'RUNNING')
      """)
  int cancel(@Bind("firing") long firing, @Bind("why") String why, @Bind("now") Instant now);

  /**
   * Opens a firing again that came to no good end, as one that somebody asked for; returns 0 if it
   * did, or is under way.
   */
  @SqlUpdate(
      """
      UPDATE firing SET status = 'QUEUED', asked = TRUE, why = NULL, ended_at = NULL,
        tried = (SELECT count(*) FROM attempt a WHERE a.firing = firing.firing)
      WHERE firing = :firing AND status IN ('FAILED', 'CANCELLED', 'SKIPPED')
      """)
  int reopen(@Bind("firing") long firing);

  /** Attempts whose time has come, and those that somebody should be at work on. */
  @SqlQuery(
      """
      SELECT * FROM attempt
      WHERE status = 'RUNNING' OR (status = 'WAITING' AND not_before <= :now)
      """)
  List<Attempt> wanted(@Bind("now") Instant now);

  /**
   * Has attempts made now that were put off by a clock which has been set back since: it is ahead
   * of the present that the one before ended, or that the first was to begin.
   */
  @SqlUpdate(
      """
      UPDATE attempt SET not_before = :now
      WHERE status = 'WAITING' AND not_before > :ahead
        AND (number = 1 OR EXISTS (SELECT 1 FROM attempt a
          WHERE a.firing = attempt.firing AND a.ended_at > :ahead))
      """)
  int callBack(@Bind("now") Instant now, @Bind("ahead") Instant ahead);

  /** The first that should have begun by then and has not: it waits, or its first attempt does. */
  @SqlQuery(
      COLUMNS
          + """
          WHERE job = :job AND status IN ('QUEUED', 'RUNNING')
            AND coalesce(due, created_at) < :then AND created_at < :then
            AND NOT EXISTS (SELECT 1 FROM attempt a
              WHERE a.firing = firing.firing AND a.started_at IS NOT NULL)
          ORDER BY firing LIMIT 1
          """)
  Optional<Firing> unbegun(@Bind("job") JobName job, @Bind("then") Instant then);

  /** The first that should be over by then and is not; one that is repaired is late anyhow. */
  @SqlQuery(
      COLUMNS
          + """
          WHERE job = :job AND status IN ('QUEUED', 'RUNNING') AND tried = 0
            AND coalesce(due, created_at) < :then AND created_at < :then
          ORDER BY firing LIMIT 1
          """)
  Optional<Firing> unended(@Bind("job") JobName job, @Bind("then") Instant then);

  @SqlQuery("SELECT max(ended_at) FROM firing WHERE job = :job AND status = 'SUCCEEDED'")
  Optional<Instant> lastSuccess(@Bind("job") JobName job);

  /** Jobs in whose queue something waits. */
  @SqlQuery("SELECT DISTINCT job FROM firing WHERE status = 'QUEUED'")
  List<JobName> queues();

  /**
   * The newest occasion that succeeded, by the time that it stands for. What stands for one that is
   * ahead was fired by a clock that has been set back since, and comes behind all others.
   */
  @SqlQuery(
      COLUMNS
          + """
          WHERE job = :job AND status = 'SUCCEEDED'
          ORDER BY CASE WHEN coalesce(due, created_at) > :ahead THEN 1 ELSE 0 END,
            coalesce(due, created_at) DESC, firing DESC LIMIT 1
          """)
  Optional<Firing> latestSuccess(@Bind("job") JobName job, @Bind("ahead") Instant ahead);

  /** The attempt by which a firing succeeded. */
  default Optional<Attempt> success(long firing) {
    return attempts(firing).stream()
        .filter(it -> it.status() == AttemptStatus.SUCCEEDED)
        .reduce((earlier, later) -> later);
  }

  default Optional<Firing> find(long firing) {
    return bare(firing).map(this::whole);
  }

  default List<Firing> of(JobName job, long before, int limit) {
    List<Firing> firings = new ArrayList<>();
    bare(job, before, limit).forEach(it -> firings.add(whole(it)));
    return firings;
  }

  private Firing whole(Firing it) {
    return it.with(attempts(it.firing()));
  }
}
