package reprise.server.job;

import static io.javalin.http.HandlerType.GET;
import static io.javalin.http.HandlerType.POST;
import static io.javalin.http.HandlerType.PUT;
import static reprise.server.http.Doc.accepts;
import static reprise.server.http.Doc.answers;

import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import java.io.IOException;
import java.util.List;
import org.jdbi.v3.core.Handle;
import reprise.ledger.Job;
import reprise.ledger.JobName;
import reprise.ledger.JobVersion;
import reprise.ledger.Promotion;
import reprise.ledger.Run;
import reprise.ledger.RunId;
import reprise.ledger.Stage;
import reprise.ledger.slice.Stages;
import reprise.server.db.RunLookup;
import reprise.server.http.Asked;
import reprise.server.http.Body;
import reprise.server.http.Refusal;

/** What of a run a job is made of, version by version. */
final class VersionApi {
  private final Jobs jobs;
  private final RunLookup lookup;
  private final Promotions promotions;

  VersionApi(Jobs jobs, RunLookup lookup) {
    this.jobs = jobs;
    this.lookup = lookup;
    this.promotions = new Promotions(jobs.clock());
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.create(POST, "/api/jobs/{job}/versions")
            .addMetadata(
                accepts(
                    Promotion.class,
                    JobVersion.class,
                    "Makes a run that reproduced the next version of a job"))
            .handler(this::promote),
        Endpoint.create(GET, "/api/runs/{run}/stages")
            .addMetadata(answers(Stage[].class, "What of a run could go on side by side"))
            .handler(this::stages),
        Endpoint.create(GET, "/api/jobs/{job}/versions")
            .addMetadata(answers(JobVersion[].class, "A job's versions, newest first"))
            .handler(this::versions),
        Endpoint.create(PUT, "/api/jobs/{job}/version")
            .addMetadata(accepts(Chosen.class, Job.class, "Chooses the version that counts"))
            .handler(this::choose),
        Endpoint.create(GET, "/api/jobs/{job}/runbook")
            .addMetadata(
                answers(Page.class, "A page for whoever looks after the job next")
                    .asking("version", Integer.class, "of which version; else the present"))
            .handler(this::runbook));
  }

  /** The version that is to count. */
  record Chosen(int version) {}

  private void promote(Context ctx) throws IOException {
    JobName name = new JobName(ctx.pathParam("job"));
    Promotion asked = Body.as(Promotion.class, ctx);
    RunId run = lookup.find(asked.run());
    JobVersion version =
        jobs.inTransaction(
            handle -> {
              handle.attach(JobTable.class).find(name).ifPresent(it -> keptRunbook(handle, it));
              return promotions.promote(handle, name, run, asked);
            });
    jobs.changed(jobs.inTransaction(handle -> Firings.job(handle, name)));
    ctx.json(version);
  }

  private void stages(Context ctx) {
    RunId run = lookup.find(ctx.pathParam("run"));
    Run found = jobs.inTransaction(handle -> Promotions.run(handle, run));
    ctx.json(Stages.of(found.history()).toArray(Stage[]::new));
  }

  private void versions(Context ctx) {
    ctx.json(
        jobs.inTransaction(
            handle ->
                handle
                    .attach(JobTable.class)
                    .versions(JobApi.job(handle, ctx).job())
                    .toArray(JobVersion[]::new)));
  }

  private void choose(Context ctx) throws IOException {
    int version = Body.as(Chosen.class, ctx).version();
    Job job =
        jobs.inTransaction(
            handle -> {
              Job before = JobApi.job(handle, ctx);
              JobTable table = handle.attach(JobTable.class);
              JobVersion chosen =
                  table
                      .version(before.job(), version)
                      .orElseThrow(
                          () ->
                              new Refusal(
                                  404,
                                  "job %s has no version %d; its last is %d"
                                      .formatted(
                                          before.job(),
                                          version,
                                          table.versions(before.job()).get(0).version())));
              new TriggerCheck(handle).of(chosen);
              keptRunbook(handle, before);
              Job now = Changed.version(before, version);
              table.put(now);
              return now;
            });
    jobs.changed(job);
    ctx.json(job);
  }

  /** A page in Markdown. */
  record Page(String markdown) {}

  private void runbook(Context ctx) {
    long asked = Asked.of(ctx).number("version", 0, Integer.MAX_VALUE);
    ctx.json(
        jobs.inTransaction(
            handle -> {
              Job job = JobApi.job(handle, ctx);
              JobTable table = handle.attach(JobTable.class);
              if (asked == 0 || asked == job.version()) {
                return new Page(keptRunbook(handle, job));
              }
              return table
                  .runbook(job.job(), (int) asked)
                  .map(Page::new)
                  .orElseThrow(
                      () ->
                          new Refusal(404, "job %s has no version %d".formatted(job.job(), asked)));
            }));
  }

  private String keptRunbook(Handle handle, Job job) {
    String text = Runbook.of(handle, job, jobs.clock());
    handle.attach(JobTable.class).keepRunbook(job.job(), job.version(), text);
    return text;
  }
}
