package reprise.server.job;

import static io.javalin.http.HandlerType.DELETE;
import static io.javalin.http.HandlerType.GET;
import static io.javalin.http.HandlerType.POST;
import static reprise.server.http.Doc.accepts;
import static reprise.server.http.Doc.answers;

import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Artifact;
import reprise.ledger.Attempt;
import reprise.ledger.AttemptId;
import reprise.ledger.AttemptResult;
import reprise.ledger.Backfill;
import reprise.ledger.Firing;
import reprise.ledger.Job;
import reprise.ledger.JobTrigger;
import reprise.ledger.JobVersion;
import reprise.ledger.StageResult;
import reprise.ledger.Wire;
import reprise.server.http.Asked;
import reprise.server.http.Body;
import reprise.server.http.Refusal;

/** The occasions on which jobs ran, and those on which somebody wants them to. */
final class FiringApi {
  private static final int PAGE = 50;
  private static final int LONGEST_PAGE = 500;
  private static final int MOST_AT_ONCE = 10_000;
  private static final int USUAL_AGE = 30;
  private static final int LONGEST_AGE = 36_500;

  private final Jobs jobs;

  FiringApi(Jobs jobs) {
    this.jobs = jobs;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.create(GET, "/api/jobs/{job}/firings")
            .addMetadata(
                answers(Firing[].class, "The occasions on which a job ran, newest first")
                    .asking("before", Long.class, "only those older than this one")
                    .asking("limit", Integer.class, "how many; else 50"))
            .handler(this::history),
        Endpoint.create(POST, "/api/jobs/{job}/firings")
            .addMetadata(accepts(Wanted.class, Firing.class, "Has a job run now"))
            .handler(this::fire),
        Endpoint.create(POST, "/api/jobs/{job}/backfills")
            .addMetadata(
                accepts(Backfill.class, Backfill.class, "Has a job make up for a stretch of time")
                    .asking("preview", Boolean.class, "true to see it only"))
            .handler(this::backfill),
        Endpoint.create(GET, "/api/firings/{firing}")
            .addMetadata(answers(Firing.class, "One occasion with its attempts"))
            .handler(ctx -> ctx.json(jobs.inTransaction(handle -> found(handle, ctx)))),
        Endpoint.create(POST, "/api/firings/{firing}/cancel")
            .addMetadata(accepts(void.class, Firing.class, "Ends it before it is done"))
            .handler(ctx -> change(ctx, jobs.firings()::cancel)),
        Endpoint.create(POST, "/api/firings/{firing}/repair")
            .addMetadata(accepts(void.class, Firing.class, "Tries it again, by the same version"))
            .handler(ctx -> change(ctx, jobs.firings()::reopen)),
        Endpoint.create(DELETE, "/api/attempts")
            .addMetadata(
                answers(
                        AttemptFolders.Freed.class,
                        "Removes folders of attempts that nothing needs")
                    .asking("days", Integer.class, "how old they must be; else 30")
                    .asking("preview", Boolean.class, "true to see it only"))
            .handler(this::free),
        Endpoint.create(GET, "/api/attempts/{attempt}/log")
            .addMetadata(answers(byte[].class, "What an attempt said"))
            .handler(this::log),
        Endpoint.create(GET, "/api/attempts/{attempt}/stages")
            .addMetadata(answers(StageResult[].class, "How the stages of an attempt stand now"))
            .handler(this::stages),
        Endpoint.create(GET, "/api/attempts/{attempt}/artifact")
            .addMetadata(
                answers(byte[].class, "A file that an attempt made")
                    .asking("path", String.class, "as it stands among its artifacts"))
            .handler(this::artifact));
  }

  /**
   * An occasion that somebody wants.
   *
   * @param parameters other values than the version's, by name
   * @param key makes it the same occasion when it is asked for twice; null for a new one each time
   */
  record Wanted(@Nullable Map<String, String> parameters, @Nullable String key) {}

  private static Firing found(Handle handle, Context ctx) {
    String id = ctx.pathParam("firing");
    if (!id.matches("\\d{1,18}")) {
      throw new Refusal(404, "there is no firing '%s'; they are numbers".formatted(id));
    }
    return Firings.found(handle.attach(FiringTable.class), Long.parseLong(id));
  }

  private void history(Context ctx) {
    long before = Asked.of(ctx).number("before", Long.MAX_VALUE, Long.MAX_VALUE);
    int limit = (int) Asked.of(ctx).number("limit", PAGE, LONGEST_PAGE);
    ctx.json(
        jobs.inTransaction(
            handle ->
                handle
                    .attach(FiringTable.class)
                    .of(JobApi.job(handle, ctx).job(), before, limit)
                    .toArray(Firing[]::new)));
  }

  private void fire(Context ctx) throws IOException {
    Wanted wanted = Body.as(Wanted.class, ctx);
    Map<String, String> parameters = wanted.parameters() == null ? Map.of() : wanted.parameters();
    String key = "hand:" + (wanted.key() == null ? UUID.randomUUID().toString() : wanted.key());
    Firing firing =
        jobs.inTransaction(
            handle -> {
              Job job = JobApi.job(handle, ctx);
              check(handle, job, parameters);
              jobs.firings()
                  .fire(handle, job, new Firings.Occasion(key, "by hand", true, null, parameters));
              return handle.attach(FiringTable.class).bare(job.job(), key).orElseThrow();
            });
    changed(firing, ctx);
  }

  private static void check(Handle handle, Job job, Map<String, String> parameters) {
    JobVersion version =
        handle.attach(JobTable.class).version(job.job(), job.version()).orElseThrow();
    ParameterCheck.of("job " + job.job(), version.parameters(), parameters);
  }

  private void backfill(Context ctx) throws IOException {
    Backfill asked = Body.as(Backfill.class, ctx);
    boolean preview = isPreview(ctx);
    Backfill told =
        jobs.inTransaction(
            handle -> {
              Job job = JobApi.job(handle, ctx);
              List<Instant> times = times(handle, job, asked);
              FiringTable table = handle.attach(FiringTable.class);
              int known = 0;
              for (Instant time : times) {
                String key = TriggerClock.key(time);
                if (table.bare(job.job(), key).isPresent()) {
                  known++;
                } else if (!preview) {
                  jobs.firings()
                      .fire(
                          handle, job, new Firings.Occasion(key, "backfill", true, time, Map.of()));
                }
              }
              return new Backfill(asked.from(), asked.to(), asked.newestFirst(), times, known);
            });
    jobs.changed(jobs.inTransaction(handle -> JobApi.job(handle, ctx)));
    ctx.json(told);
  }

  private static boolean isPreview(Context ctx) {
    return Asked.of(ctx).text("preview").filter("true"::equals).isPresent();
  }

  private static List<Instant> times(Handle handle, Job job, Backfill asked) {
    List<JobTrigger> triggers = handle.attach(JobTable.class).triggers(job.job());
    if (triggers.isEmpty()) {
      throw new Refusal(
          409, "job %s has no schedule, so no time can be made up for".formatted(job.job()));
    }
    if (asked.to().isBefore(asked.from())) {
      throw new Refusal(400, "a backfill begins before it ends; change from and to");
    }
    List<Instant> times =
        new ArrayList<>(
            TriggerClock.times(
                triggers.stream().map(JobTrigger::trigger).toList(), asked.from(), asked.to()));
    if (times.size() > MOST_AT_ONCE) {
      throw new Refusal(
          400,
          "that would be more than %d firings; take a shorter stretch".formatted(MOST_AT_ONCE));
    }
    if (asked.newestFirst()) {
      Collections.reverse(times);
    }
    return times;
  }

  private void change(Context ctx, BiConsumer<Handle, Long> how) {
    changed(
        jobs.inTransaction(
            handle -> {
              long firing = found(handle, ctx).firing();
              how.accept(handle, firing);
              return found(handle, ctx);
            }),
        ctx);
  }

  private void changed(Firing firing, Context ctx) {
    jobs.changed(jobs.inTransaction(handle -> Firings.job(handle, firing.job())));
    ctx.json(
        jobs.inTransaction(
            handle -> Firings.found(handle.attach(FiringTable.class), firing.firing())));
  }

  private Attempt attempt(Context ctx) {
    AttemptId id = new AttemptId(ctx.pathParam("attempt"));
    return jobs.inTransaction(handle -> handle.attach(FiringTable.class).attempt(id))
        .orElseThrow(() -> new Refusal(404, "there is no attempt %s".formatted(id)));
  }

  private void free(Context ctx) throws IOException {
    long days = Asked.of(ctx).number("days", USUAL_AGE, LONGEST_AGE);
    Instant then = jobs.clock().instant().minus(Duration.ofDays(days));
    ctx.json(jobs.attemptFolders().free(then, isPreview(ctx)));
  }

  private void log(Context ctx) throws IOException {
    Path log = jobs.folder(attempt(ctx).attempt()).resolve("log");
    ctx.contentType("text/plain; charset=utf-8");
    if (Files.exists(log)) {
      ctx.result(Files.newInputStream(log));
    } else {
      boolean isFreed = attempt(ctx).endedAt() != null && Files.notExists(log.getParent());
      ctx.result(isFreed ? "It was removed by 'reprise gc'.\n" : "");
    }
  }

  private void stages(Context ctx) throws IOException {
    Attempt attempt = attempt(ctx);
    Path now = jobs.folder(attempt.attempt()).resolve(StageResult.FILE);
    ctx.json(
        attempt.endedAt() == null && Files.exists(now)
            ? Wire.read(Files.readString(now), StageResult[].class)
            : attempt.stages().toArray(StageResult[]::new));
  }

  private void artifact(Context ctx) throws IOException {
    Attempt attempt = attempt(ctx);
    String asked = Asked.of(ctx).text("path").orElse("");
    Artifact artifact =
        attempt.artifacts().stream()
            .filter(it -> it.path().equals(asked))
            .findFirst()
            .orElseThrow(
                () ->
                    new Refusal(
                        404, "attempt %s made no file '%s'".formatted(attempt.attempt(), asked)));
    Path folder = jobs.folder(attempt.attempt()).resolve(AttemptResult.ARTIFACTS);
    Path file = artifact.in(folder);
    if (Files.notExists(file)) {
      throw new Refusal(
          410,
          "the files of attempt %s were removed by 'reprise gc'; run the job again to have new ones"
              .formatted(attempt.attempt()));
    }
    ctx.contentType("application/octet-stream");
    ctx.header("Content-Disposition", "attachment");
    ctx.result(Files.newInputStream(file));
  }
}
