package reprise.server.run;

import static io.javalin.http.HandlerType.GET;
import static reprise.server.http.Doc.answers;

import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import reprise.ledger.Data;
import reprise.ledger.Digest;
import reprise.ledger.ExperimentName;
import reprise.ledger.Run;
import reprise.ledger.RunEvent;
import reprise.ledger.RunId;
import reprise.ledger.RunStatus;
import reprise.server.db.EventLog;
import reprise.server.db.RunLookup;
import reprise.server.http.Asked;

/** Runs as they are browsed: one by one, as lists, and by the data they touched. */
public final class RunApi {
  private static final long PAGE = 50;
  private static final long LONGEST_PAGE = 1000;

  private final Jdbi jdbi;
  private final RunLookup lookup;
  private final Silence silence;

  public RunApi(Jdbi jdbi, InstantSource clock) {
    this.jdbi = jdbi;
    this.lookup = new RunLookup(jdbi);
    this.silence = new Silence(clock);
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.create(GET, "/api/runs")
            .addMetadata(
                answers(RunPage.class, "Runs, newest first unless asked otherwise")
                    .asking("experiment", String.class, "only runs of this experiment")
                    .asking("status", RunStatus.class, "only runs that stand like this")
                    .asking("judged", RunSearch.Judged.class, "only runs whose replay came to this")
                    .asking(
                        "origin",
                        String.class,
                        "interactive, headless or replay; original for all but replays")
                    .asking("text", String.class, "found in id, names, parameters or values")
                    .asking("sort", RunSearch.Sort.class, "NEWEST if left out")
                    .asking("offset", long.class, "how many to pass over")
                    .asking("limit", long.class, "50 if left out, at most 1000"))
            .handler(this::runs),
        Endpoint.create(GET, "/api/experiments")
            .addMetadata(answers(Experiment[].class, "All experiments, the latest first"))
            .handler(this::experiments),
        Endpoint.create(GET, "/api/runs/{run}")
            .addMetadata(
                answers(Run.class, "A run with its history, by id, unique prefix or @latest"))
            .handler(this::run),
        Endpoint.create(GET, "/api/runs/{run}/events")
            .addMetadata(
                answers(RunEvent[].class, "The events of its session up to the end of the run"))
            .handler(this::events),
        Endpoint.create(GET, "/api/data/{digest}")
            .addMetadata(answers(DataUse[].class, "Where these bytes were read or written"))
            .handler(this::uses));
  }

  private void runs(Context ctx) {
    Asked asked = Asked.of(ctx);
    RunSearch search =
        new RunSearch(
            asked.text("experiment").map(ExperimentName::new).orElse(null),
            asked.choice("status", RunStatus.class).orElse(null),
            asked.choice("judged", RunSearch.Judged.class).orElse(null),
            asked.text("origin").orElse(null),
            asked.text("text").orElse(null),
            asked.choice("sort", RunSearch.Sort.class).orElse(RunSearch.Sort.NEWEST),
            asked.number("offset", 0, Long.MAX_VALUE),
            asked.number("limit", PAGE, LONGEST_PAGE));
    ctx.json(jdbi.withHandle(handle -> search.in(handle, silence)));
  }

  private void experiments(Context ctx) {
    ctx.json(
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT experiment, count(*) AS runs, max(started_at) AS last
                        FROM run GROUP BY experiment ORDER BY last DESC
                        """)
                    .map(
                        (row, context) ->
                            new Experiment(
                                new ExperimentName(row.getString("experiment")),
                                row.getInt("runs"),
                                Instant.parse(row.getString("last"))))
                    .list()
                    .toArray(Experiment[]::new)));
  }

  private void run(Context ctx) {
    RunId id = lookup.find(ctx.pathParam("run"));
    ctx.json(
        jdbi.withHandle(
            handle -> {
              Run run = Run.of(id, new EventLog(handle).upTo(id)).orElseThrow();
              return isDead(handle, run) ? interrupted(run) : run;
            }));
  }

  private boolean isDead(Handle handle, Run run) {
    return run.status() == RunStatus.RUNNING
        && (silence.gone(handle).contains(run.session())
            || handle
                .createQuery(
                    "SELECT count(*) FROM pulse WHERE session = :session AND last_seen < :silent")
                .bind("session", run.session())
                .bind("silent", silence.before())
                .mapTo(Boolean.class)
                .one());
  }

  private static Run interrupted(Run run) {
    return new Run(
        run.run(),
        run.experiment(),
        run.name(),
        run.session(),
        run.continues(),
        run.origin(),
        run.notebook(),
        run.kernel(),
        run.host(),
        run.environment(),
        RunStatus.INTERRUPTED,
        run.startedAt(),
        run.endedAt(),
        run.history(),
        run.notes(),
        run.tags(),
        run.remarks());
  }

  private void events(Context ctx) {
    RunId run = lookup.find(ctx.pathParam("run"));
    List<String> found = jdbi.withHandle(handle -> new EventLog(handle).textsUpTo(run));
    ctx.contentType("application/json").result("[" + String.join(",", found) + "]");
  }

  private void uses(Context ctx) {
    Digest digest = new Digest(ctx.pathParam("digest"));
    ctx.json(
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT run, step, direction, path FROM data WHERE digest = :digest
                        ORDER BY run, step, position
                        """)
                    .bind("digest", digest)
                    .map(
                        (row, context) ->
                            new DataUse(
                                new RunId(row.getString("run")),
                                row.getInt("step"),
                                Data.Direction.valueOf(row.getString("direction")),
                                row.getString("path")))
                    .list()
                    .toArray(DataUse[]::new)));
  }
}
