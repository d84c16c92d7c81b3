package reprise.server.job;

import static io.javalin.http.HandlerType.DELETE;
import static io.javalin.http.HandlerType.GET;
import static io.javalin.http.HandlerType.PUT;
import static reprise.server.http.Doc.accepts;
import static reprise.server.http.Doc.answers;

import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Alert;
import reprise.ledger.Firing;
import reprise.ledger.Job;
import reprise.ledger.JobAlerts;
import reprise.ledger.JobName;
import reprise.ledger.JobPolicy;
import reprise.ledger.JobSummary;
import reprise.ledger.JobTrigger;
import reprise.server.db.RunLookup;
import reprise.server.http.Body;

/** What jobs there are, and how they are to be. */
public final class JobApi {
  private static final int RECENT = 20;

  private final Jobs jobs;
  private final Hooks hooks;
  private final RunLookup lookup;

  /**
   * @param token the server's, from which the secrets of webhooks follow
   */
  public JobApi(Jobs jobs, RunLookup lookup, String token) {
    this.jobs = jobs;
    this.hooks = new Hooks(jobs, token);
    this.lookup = lookup;
  }

  public List<Endpoint> endpoints() {
    return Stream.concat(
            Stream.of(
                Endpoint.create(GET, "/api/jobs")
                    .addMetadata(answers(JobSummary[].class, "All jobs, by name"))
                    .handler(this::all),
                Endpoint.create(GET, "/api/jobs/{job}")
                    .addMetadata(answers(JobSummary.class, "One job"))
                    .handler(
                        ctx ->
                            ctx.json(
                                jobs.inTransaction(handle -> summary(handle, job(handle, ctx))))),
                Endpoint.create(PUT, "/api/jobs/{job}/policy")
                    .addMetadata(
                        accepts(JobPolicy.class, Job.class, "Says how firings are carried out"))
                    .handler(this::changePolicy),
                Endpoint.create(PUT, "/api/jobs/{job}/owner")
                    .addMetadata(accepts(Owner.class, Job.class, "Says who answers for a job"))
                    .handler(this::changeOwner),
                Endpoint.create(PUT, "/api/jobs/{job}/alerts")
                    .addMetadata(
                        accepts(JobAlerts.class, JobAlerts.class, "Says who is told of a job"))
                    .handler(this::changeAlerts),
                Endpoint.create(GET, "/api/jobs/{job}/alerts")
                    .addMetadata(answers(JobAlerts.class, "Who is told of a job, and upon what"))
                    .handler(
                        ctx ->
                            ctx.json(
                                jobs.inTransaction(
                                    handle ->
                                        handle
                                            .attach(AlertTable.class)
                                            .of(job(handle, ctx).job())))),
                Endpoint.create(GET, "/api/jobs/{job}/told")
                    .addMetadata(answers(Alert[].class, "What was told of a job, newest first"))
                    .handler(
                        ctx ->
                            ctx.json(
                                jobs.inTransaction(
                                    handle ->
                                        handle
                                            .attach(AlertTable.class)
                                            .told(job(handle, ctx).job())
                                            .toArray(Alert[]::new)))),
                Endpoint.create(PUT, "/api/jobs/{job}/pause")
                    .addMetadata(accepts(void.class, Job.class, "Holds triggers and queue"))
                    .handler(ctx -> pause(ctx, true)),
                Endpoint.create(DELETE, "/api/jobs/{job}/pause")
                    .addMetadata(accepts(void.class, Job.class, "Lets them go on"))
                    .handler(ctx -> pause(ctx, false))),
            Stream.of(
                    new VersionApi(jobs, lookup).endpoints(),
                    new TriggerApi(jobs).endpoints(),
                    new FiringApi(jobs).endpoints(),
                    new MetricApi(jobs).endpoints(),
                    hooks.endpoints())
                .flatMap(List::stream))
        .toList();
  }

  /** Who answers for a job; null for nobody. */
  record Owner(@Nullable String owner) {}

  /** The job that a request is about. */
  static Job job(Handle handle, Context ctx) {
    return Firings.job(handle, new JobName(ctx.pathParam("job")));
  }

  private void all(Context ctx) {
    ctx.json(
        jobs.inTransaction(
            handle ->
                handle.attach(JobTable.class).all().stream()
                    .map(job -> summary(handle, job))
                    .toArray(JobSummary[]::new)));
  }

  private JobSummary summary(Handle handle, Job job) {
    List<JobTrigger> triggers =
        handle.attach(JobTable.class).triggers(job.job()).stream()
            .map(it -> it.with(jobs.streams().complaint(it.id())))
            .toList();
    Instant next =
        job.paused()
            ? null
            : triggers.stream()
                .map(JobTrigger::next)
                .filter(Objects::nonNull)
                .min(Instant::compareTo)
                .orElse(null);
    List<Firing> recent = handle.attach(FiringTable.class).of(job.job(), Long.MAX_VALUE, RECENT);
    return new JobSummary(job, triggers, next, recent);
  }

  private void changePolicy(Context ctx) throws IOException {
    JobPolicy policy = Body.as(JobPolicy.class, ctx);
    change(ctx, job -> Changed.policy(job, policy));
  }

  private void changeOwner(Context ctx) throws IOException {
    Owner owner = Body.as(Owner.class, ctx);
    change(ctx, job -> Changed.owner(job, owner.owner()));
  }

  private void changeAlerts(Context ctx) throws IOException {
    JobAlerts alerts = Body.as(JobAlerts.class, ctx);
    Job job =
        jobs.inTransaction(
            handle -> {
              Job of = job(handle, ctx);
              handle.attach(AlertTable.class).put(of.job(), alerts);
              return of;
            });
    jobs.changed(job);
    ctx.json(alerts);
  }

  private void pause(Context ctx, boolean paused) {
    change(ctx, job -> Changed.paused(job, paused));
  }

  private void change(Context ctx, UnaryOperator<Job> how) {
    Job job =
        jobs.inTransaction(
            handle -> {
              Job now = how.apply(job(handle, ctx));
              JobTable table = handle.attach(JobTable.class);
              table.put(now);
              table.lookAgain(now.job(), jobs.clock().instant());
              jobs.queue().advance(handle, now);
              return now;
            });
    answer(job, ctx);
  }

  private void answer(Job job, Context ctx) {
    jobs.changed(job);
    ctx.json(job);
  }
}
