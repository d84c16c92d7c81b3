package reprise.server.job;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.GetGeneratedKeys;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Job;
import reprise.ledger.JobName;
import reprise.ledger.JobTrigger;
import reprise.ledger.JobVersion;
import reprise.ledger.RunId;
import reprise.ledger.Trigger;
import reprise.ledger.Verdict;

/** Jobs, their versions and their triggers, as rows. */
@RegisterConstructorMapper(Job.class)
@RegisterConstructorMapper(JobTrigger.class)
@RegisterConstructorMapper(JobTable.Due.class)
interface JobTable {
  String HEAR =
      "INSERT INTO heard_event (id, key, at) VALUES (:id, :key, :at) ON CONFLICT (id, key) DO NOTHING";

  /**
   * A trigger for whoever looks at it.
   *
   * @param seenTo what was due up to then has been dealt with; of events, when it was set
   */
  record Due(long id, JobName job, Trigger trigger, Instant seenTo) {}

  /**
   * What became of a trigger when the clock looked at it.
   *
   * @param next when it must look again
   */
  record Looked(long id, Instant seenTo, @Nullable Instant next) {}

  @SqlQuery("SELECT * FROM job ORDER BY job")
  List<Job> all();

  @SqlQuery("SELECT * FROM job WHERE job = :job")
  Optional<Job> find(@Bind("job") JobName job);

  @SqlUpdate(
      """
      INSERT INTO job (job, version, paused, owner, policy, created_at)
      VALUES (:job, :version, :paused, :owner, :policy, :createdAt)
      ON CONFLICT (job) DO UPDATE SET version = excluded.version, paused = excluded.paused,
        owner = excluded.owner, policy = excluded.policy
      """)
  void put(@BindMethods Job job);

  @SqlUpdate(
      "INSERT INTO job_version (job, version, run, body) VALUES (:job, :number, :run, :body)")
  void add(
      @Bind("job") JobName job,
      @Bind("number") int version,
      @Bind("run") RunId run,
      @Bind("body") JobVersion body);

  default void add(JobVersion version) {
    add(version.job(), version.version(), version.run(), version);
  }

  @SqlQuery("SELECT body FROM job_version WHERE job = :job ORDER BY version DESC")
  List<JobVersion> versions(@Bind("job") JobName job);

  @SqlQuery("SELECT body FROM job_version WHERE job = :job AND version = :version")
  Optional<JobVersion> version(@Bind("job") JobName job, @Bind("version") int version);

  /** Keeps the page of a version; it is that of the version's last days once another counts. */
  @SqlUpdate(
      """
      INSERT INTO job_runbook (job, version, text) VALUES (:job, :version, :text)
      ON CONFLICT (job, version) DO UPDATE SET text = excluded.text
      """)
  void keepRunbook(
      @Bind("job") JobName job, @Bind("version") int version, @Bind("text") String text);

  @SqlQuery("SELECT text FROM job_runbook WHERE job = :job AND version = :version")
  Optional<String> runbook(@Bind("job") JobName job, @Bind("version") int version);

  /** The latest that says something of the whole run. */
  @SqlQuery("SELECT verdict FROM faithful WHERE run = :run ORDER BY at DESC, id DESC LIMIT 1")
  Optional<Verdict> verdict(@Bind("run") RunId run);

  @SqlUpdate(
      """
      INSERT INTO job_trigger (job, kind, body, seen_to, next_at)
      VALUES (:job, :kind, :trigger, :seenTo, :next)
      """)
  @GetGeneratedKeys("id")
  long add(
      @Bind("job") JobName job,
      @Bind("kind") String kind,
      @Bind("trigger") Trigger trigger,
      @Bind("seenTo") Instant seenTo,
      @Bind("next") @Nullable Instant next);

  @SqlUpdate("DELETE FROM job_trigger WHERE job = :job AND id = :id")
  int remove(@Bind("job") JobName job, @Bind("id") long id);

  @SqlQuery(
      """
      SELECT t.id, t.job, t.body AS "trigger", coalesce(t.next_at, w.begins_at) AS next,
        NULL AS complaint
      FROM job_trigger t LEFT JOIN waiting_event w ON w.id = t.id
      WHERE t.job = :job ORDER BY t.id
      """)
  List<JobTrigger> triggers(@Bind("job") JobName job);

  /** Those at which the clock must look now; what was seen lies ahead if the clock was set back. */
  @SqlQuery(
      """
      SELECT id, job, body AS "trigger", seen_to FROM job_trigger
      WHERE next_at <= :now OR seen_to > :ahead ORDER BY next_at, id LIMIT :most
      """)
  List<Due> due(@Bind("now") Instant now, @Bind("ahead") Instant ahead, @Bind("most") int most);

  /** The jobs that these triggers start. */
  @SqlQuery("SELECT * FROM job WHERE job IN (SELECT job FROM job_trigger WHERE id IN (<ids>))")
  List<Job> ofTriggers(
      @BindList(value = "ids", onEmpty = BindList.EmptyHandling.NULL_STRING) List<Long> ids);

  @SqlBatch("UPDATE job_trigger SET seen_to = :seenTo, next_at = :next WHERE id = :id")
  void look(@BindMethods List<Looked> looked);

  /** Has the clock look at a job's schedules; what an event has seen is not the clock's to say. */
  @SqlUpdate(
      """
      UPDATE job_trigger SET next_at = :now
      WHERE job = :job AND kind IN ('cron', 'every', 'once')
      """)
  void lookAgain(@Bind("job") JobName job, @Bind("now") Instant now);

  /** All triggers of a kind that are set. */
  @SqlQuery(
      """
      SELECT id, job, body AS "trigger", seen_to FROM job_trigger WHERE kind = :kind ORDER BY id
      """)
  List<Due> ofKind(@Bind("kind") String kind);

  /** All triggers that hear streams. */
  @SqlQuery(
      """
      SELECT id, job, body AS "trigger", seen_to FROM job_trigger
      WHERE kind IN ('redis', 'kafka') ORDER BY id
      """)
  List<Due> ofStreams();

  @SqlQuery("SELECT id, job, body AS \"trigger\", seen_to FROM job_trigger WHERE id = :id")
  Optional<Due> trigger(@Bind("id") long id);

  /** Returns 0 if a trigger has heard of this before. */
  @SqlUpdate(HEAR)
  int hear(@Bind("id") long id, @Bind("key") String key, @Bind("at") Instant at);

  /** Returns 1 for each that a trigger has not heard of before, 0 for each other. */
  @SqlBatch(HEAR)
  int[] hear(@Bind("id") long id, @Bind("key") List<String> keys, @Bind("at") Instant at);

  @SqlQuery("SELECT key FROM heard_event WHERE id = :id")
  Set<String> heard(@Bind("id") long id);

  @SqlUpdate("DELETE FROM heard_event WHERE id NOT IN (SELECT id FROM job_trigger)")
  void forget();
}
