package reprise.server.job;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.KeyColumn;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.config.ValueColumn;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Alert;
import reprise.ledger.AlertChannel;
import reprise.ledger.JobAlerts;
import reprise.ledger.JobName;

/** Who is told of jobs, and what they were or will be told, as rows. */
@RegisterConstructorMapper(Alert.class)
interface AlertTable {
  String COLUMNS =
      """
      SELECT id, job, firing, rule, channel, subject, text, created_at, sent_at, tries, problem
      FROM alert
      """;

  @SqlQuery("SELECT body FROM job_alerts WHERE job = :job")
  Optional<JobAlerts> find(@Bind("job") JobName job);

  @SqlQuery("SELECT job, body FROM job_alerts ORDER BY job")
  @KeyColumn("job")
  @ValueColumn("body")
  Map<JobName, JobAlerts> all();

  /** Those of each job of which somebody is told. */
  default Map<JobName, JobAlerts> watched() {
    Map<JobName, JobAlerts> watched = new LinkedHashMap<>(all());
    watched.values().removeIf(it -> it.to().isEmpty());
    return watched;
  }

  default JobAlerts of(JobName job) {
    return find(job).orElse(JobAlerts.UNDECIDED);
  }

  @SqlUpdate(
      """
      INSERT INTO job_alerts (job, body) VALUES (:job, :body)
      ON CONFLICT (job) DO UPDATE SET body = excluded.body
      """)
  void put(@Bind("job") JobName job, @Bind("body") JobAlerts alerts);

  /** Adds an alert that nobody was told before. */
  @SqlUpdate(
      """
      INSERT INTO alert (job, firing, rule, key, channel, subject, text, created_at, next_at, tries)
      VALUES (:job, :firing, :rule, :key, :channel, :subject, :text, :now, :now, 0)
      ON CONFLICT (job, rule, key, channel) DO NOTHING
      """)
  int add(
      @Bind("job") JobName job,
      @Bind("firing") @Nullable Long firing,
      @Bind("rule") String rule,
      @Bind("key") String key,
      @Bind("channel") AlertChannel channel,
      @Bind("subject") String subject,
      @Bind("text") String text,
      @Bind("now") Instant now);

  /**
   * Those that are to be sent by now, the oldest first.
   *
   * @param ahead what was put off further than to then was put off by a clock that has been set
   *     back since
   */
  @SqlQuery(COLUMNS + "WHERE next_at <= :now OR next_at > :ahead ORDER BY id LIMIT 50")
  List<Alert> due(@Bind("now") Instant now, @Bind("ahead") Instant ahead);

  /** Takes it for oneself until then; returns 0 if another was quicker. */
  @SqlUpdate(
      """
      UPDATE alert SET next_at = :until, tries = tries + 1
      WHERE id = :id AND (next_at <= :now OR next_at > :ahead)
      """)
  int take(
      @Bind("id") long id,
      @Bind("now") Instant now,
      @Bind("ahead") Instant ahead,
      @Bind("until") Instant until);

  @SqlUpdate("UPDATE alert SET next_at = NULL, sent_at = :now, problem = NULL WHERE id = :id")
  void sent(@Bind("id") long id, @Bind("now") Instant now);

  /**
   * Notes that it did not arrive.
   *
   * @param next null if it is given up
   */
  @SqlUpdate("UPDATE alert SET next_at = :next, problem = :problem WHERE id = :id")
  void failed(
      @Bind("id") long id, @Bind("next") @Nullable Instant next, @Bind("problem") String problem);

  @SqlQuery(COLUMNS + "WHERE job = :job ORDER BY id DESC LIMIT 100")
  List<Alert> told(@Bind("job") JobName job);

  /** When the oldest was made that has not arrived yet. */
  @SqlQuery("SELECT min(created_at) FROM alert WHERE next_at IS NOT NULL")
  Optional<Instant> oldestUnsent();
}
