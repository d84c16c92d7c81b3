package reprise.server.run;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.EmptyHandling;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import reprise.ledger.ExperimentName;
import reprise.ledger.Origin;
import reprise.ledger.RunId;
import reprise.ledger.RunStatus;
import reprise.ledger.RunSummary;
import reprise.ledger.SessionId;
import reprise.ledger.Verdict;
import reprise.ledger.Verification;
import reprise.ledger.Verification.Phase;
import reprise.ledger.Wire;

/**
 * The one query whose text depends on the question, and so is built by hand.
 *
 * @param judged what its latest replay as a whole and unchanged came to
 * @param origin its kind as it stands in the JSON, or "original" for whatever is no replay
 * @param text is looked for in id, name, experiment, notebook, parameters and values
 */
record RunSearch(
    @Nullable ExperimentName experiment,
    @Nullable RunStatus status,
    @Nullable Judged judged,
    @Nullable String origin,
    @Nullable String text,
    Sort sort,
    long offset,
    long limit) {

  enum Judged {
    VERIFIED,
    DIVERGED,
    NOT_RUN,
    /** Nobody has replayed it. */
    NOT_YET;

    private List<String> names() {
      return this == VERIFIED
          ? Stream.of(Verdict.IDENTICAL, Verdict.EQUIVALENT, Verdict.WITHIN_NOISE)
              .map(Verdict::name)
              .toList()
          : List.of(name());
    }
  }

  enum Sort {
    NEWEST("started_at DESC, run DESC"),
    OLDEST("started_at, run"),
    LONGEST("took_nanos DESC, run DESC"),
    SHORTEST("took_nanos, run DESC"),
    EXPERIMENT("experiment, started_at DESC, run DESC"),
    STATUS("status, started_at DESC, run DESC"),
    STEPS("steps DESC, run DESC");

    private final String sql;

    Sort(String sql) {
      this.sql = sql;
    }
  }

  private static final String SEEN =
      """
      WITH seen AS (
        SELECT r.run, r.experiment, r.name, r.session, r.continues, r.origin, r.origin_kind,
          r.notebook, r.started_at, r.ended_at, r.steps, r.took_nanos, r.parameters, r."values",
          CASE WHEN r.status = 'RUNNING' AND (
              r.session IN (<gone>)
              OR (SELECT last_seen FROM pulse p WHERE p.session = r.session) < :silent)
            THEN 'INTERRUPTED' ELSE r.status END AS status
        FROM run r)
      """;

  /** Of the latest replay that says something of the whole run. */
  private static final String LATEST =
      " FROM faithful f WHERE f.run = seen.run ORDER BY at DESC, id DESC LIMIT 1) ";

  private static final String ASKED =
      """
      WHERE (:experiment IS NULL OR experiment = :experiment)
        AND (:status IS NULL OR status = :status)
        AND (:anyhow OR coalesce((SELECT verdict
      """
          + LATEST
          + """
          , 'NOT_YET') IN (<judged>))
        AND (:origin IS NULL OR origin_kind = :origin
          OR (:origin = 'original' AND origin_kind <> 'replay'))
        AND (:text IS NULL OR lower(run) LIKE lower(:text) ESCAPE '!'
          OR lower(name) LIKE lower(:text) ESCAPE '!'
          OR lower(experiment) LIKE lower(:text) ESCAPE '!'
          OR lower(notebook) LIKE lower(:text) ESCAPE '!'
          OR lower(parameters) LIKE lower(:text) ESCAPE '!'
          OR lower("values") LIKE lower(:text) ESCAPE '!')
      """;

  private static final String SUMMED_UP =
      "SELECT *, (SELECT verdict"
          + LATEST
          + "AS verdict, (SELECT CASE verdict WHEN 'DIVERGED' THEN step END"
          + LATEST
          + """
          AS diverged_at,
          (SELECT cause FROM found_cause e
            WHERE e.other = seen.run AND e.run = (SELECT replay
          """
          + LATEST
          + """
            ORDER BY at DESC, id DESC LIMIT 1) AS cause,
          (SELECT stage FROM verification v WHERE v.run = seen.run) AS stage,
          (SELECT why FROM verification v WHERE v.run = seen.run) AS why
          FROM seen
          """;

  RunPage in(Handle handle, Silence silence) {
    List<SessionId> gone = silence.gone(handle);
    List<RunSummary> runs =
        asked(
                handle.createQuery(
                    SEEN
                        + SUMMED_UP
                        + ASKED
                        + " ORDER BY "
                        + sort.sql
                        + " LIMIT :limit OFFSET :offset"),
                gone,
                silence.before())
            .bind("limit", limit)
            .bind("offset", offset)
            .map((row, ctx) -> summary(row))
            .list();
    long total =
        asked(
                handle.createQuery(SEEN + "SELECT count(*) FROM seen " + ASKED),
                gone,
                silence.before())
            .mapTo(Long.class)
            .one();
    return new RunPage(runs, total);
  }

  private Query asked(Query query, List<SessionId> gone, Instant silent) {
    return query
        .bindList(EmptyHandling.NULL_KEYWORD, "gone", gone)
        .bind("silent", silent)
        .bind("experiment", experiment == null ? null : experiment.value())
        .bind("status", status == null ? null : status.name())
        .bind("anyhow", judged == null)
        .bindList(EmptyHandling.NULL_KEYWORD, "judged", judged == null ? List.of() : judged.names())
        .bind("origin", origin)
        .bind("text", text == null ? null : "%" + text.replaceAll("[!%_]", "!$0") + "%");
  }

  private static @Nullable Verification verification(ResultSet row) throws SQLException {
    String stage = row.getString("stage");
    return stage == null
        ? null
        : new Verification(
            new RunId(row.getString("run")), Phase.valueOf(stage), row.getString("why"));
  }

  private static RunSummary summary(ResultSet row) throws SQLException {
    return new RunSummary(
        new RunId(row.getString("run")),
        new ExperimentName(row.getString("experiment")),
        row.getString("name"),
        new SessionId(row.getString("session")),
        Optional.ofNullable(row.getString("continues")).map(RunId::new).orElse(null),
        Wire.read(row.getString("origin"), Origin.class),
        row.getString("notebook"),
        RunStatus.valueOf(row.getString("status")),
        Instant.parse(row.getString("started_at")),
        Optional.ofNullable(row.getString("ended_at")).map(Instant::parse).orElse(null),
        row.getInt("steps"),
        row.getLong("took_nanos") / 1_000_000,
        Tally.names(row.getString("parameters")),
        Tally.names(row.getString("values")),
        Optional.ofNullable(row.getString("verdict")).map(Verdict::valueOf).orElse(null),
        row.getObject("diverged_at") == null ? null : row.getInt("diverged_at"),
        row.getString("cause"),
        verification(row));
  }
}
