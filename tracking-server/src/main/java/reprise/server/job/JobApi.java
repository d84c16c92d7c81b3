package reprise.server.job;

import static io.javalin.http.HandlerType.DELETE;
import static io.javalin.http.HandlerType.GET;
import static io.javalin.http.HandlerType.POST;
import static io.javalin.http.HandlerType.PUT;
import static reprise.server.http.Doc.accepts;
import static reprise.server.http.Doc.answers;

import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Alert;
import reprise.ledger.Firing;
import reprise.ledger.Job;
import reprise.ledger.JobAlerts;
import reprise.ledger.JobName;
import reprise.ledger.JobPolicy;
import reprise.ledger.JobSummary;
import reprise.ledger.JobTrigger;
import reprise.ledger.JobVersion;
import reprise.ledger.Promotion;
import reprise.ledger.Run;
import reprise.ledger.RunId;
import reprise.ledger.Stage;
import reprise.ledger.Trigger;
import reprise.ledger.Wire;
import reprise.ledger.slice.Stages;
import reprise.server.db.RunLookup;
import reprise.server.http.Asked;
import reprise.server.http.Body;
import reprise.server.http.Refusal;
import reprise.server.job.time.Schedule;

/** What jobs there are, and how they are to be. */
public final class JobApi {
  private static final int RECENT = 20;
  private static final int MOST_TIMES = 1000;

  private final Jobs jobs;
  private final Hooks hooks;
  private final RunLookup lookup;
  private final Promotions promotions;

  /**
   * @param token the server's, from which the secrets of webhooks follow
   */
  public JobApi(Jobs jobs, RunLookup lookup, String token) {
    this.jobs = jobs;
    this.hooks = new Hooks(jobs, token);
    this.lookup = lookup;
    this.promotions = new Promotions(jobs.clock());
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
                        ctx -> ctx.json(inHandle(handle -> summary(handle, job(handle, ctx))))),
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
                    .addMetadata(
                        accepts(Chosen.class, Job.class, "Chooses the version that counts"))
                    .handler(this::choose),
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
                                inHandle(
                                    handle ->
                                        handle
                                            .attach(AlertTable.class)
                                            .of(job(handle, ctx).job())))),
                Endpoint.create(GET, "/api/jobs/{job}/told")
                    .addMetadata(answers(Alert[].class, "What was told of a job, newest first"))
                    .handler(
                        ctx ->
                            ctx.json(
                                inHandle(
                                    handle ->
                                        handle
                                            .attach(AlertTable.class)
                                            .told(job(handle, ctx).job())
                                            .toArray(Alert[]::new)))),
                Endpoint.create(GET, "/api/jobs/{job}/runbook")
                    .addMetadata(
                        answers(Page.class, "A page for whoever looks after the job next")
                            .asking("version", Integer.class, "of which version; else the present"))
                    .handler(this::runbook),
                Endpoint.create(PUT, "/api/jobs/{job}/pause")
                    .addMetadata(accepts(void.class, Job.class, "Holds triggers and queue"))
                    .handler(ctx -> pause(ctx, true)),
                Endpoint.create(DELETE, "/api/jobs/{job}/pause")
                    .addMetadata(accepts(void.class, Job.class, "Lets them go on"))
                    .handler(ctx -> pause(ctx, false)),
                Endpoint.create(POST, "/api/jobs/{job}/triggers")
                    .addMetadata(
                        accepts(Trigger.class, JobTrigger.class, "Sets a trigger for a job"))
                    .handler(this::set),
                Endpoint.create(DELETE, "/api/jobs/{job}/triggers/{trigger}")
                    .addMetadata(accepts(void.class, void.class, "Takes a trigger away"))
                    .handler(this::takeAway),
                Endpoint.create(GET, "/api/jobs/{job}/times")
                    .addMetadata(
                        answers(Instant[].class, "When the job is due next")
                            .asking("count", Integer.class, "how many of them; else ten"))
                    .handler(this::times)),
            Stream.of(
                    new FiringApi(jobs).endpoints(),
                    new MetricApi(jobs).endpoints(),
                    hooks.endpoints())
                .flatMap(List::stream))
        .toList();
  }

  /** The version that is to count. */
  record Chosen(int version) {}

  /** Who answers for a job; null for nobody. */
  record Owner(@Nullable String owner) {}

  private <T> T inHandle(HandleCallback<T, RuntimeException> asked) {
    return jobs.jdbi().inTransaction(asked);
  }

  private static Job job(Handle handle, Context ctx) {
    return Firings.job(handle, new JobName(ctx.pathParam("job")));
  }

  private void all(Context ctx) {
    ctx.json(
        inHandle(
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

  private void promote(Context ctx) throws IOException {
    JobName name = new JobName(ctx.pathParam("job"));
    Promotion asked = Body.as(Promotion.class, ctx);
    RunId run = lookup.find(asked.run());
    JobVersion version =
        inHandle(
            handle -> {
              handle.attach(JobTable.class).find(name).ifPresent(it -> keptRunbook(handle, it));
              return promotions.promote(handle, name, run, asked);
            });
    jobs.changed(inHandle(handle -> Firings.job(handle, name)));
    ctx.json(version);
  }

  private void stages(Context ctx) {
    RunId run = lookup.find(ctx.pathParam("run"));
    Run found = inHandle(handle -> Promotions.run(handle, run));
    ctx.json(Stages.of(found.history()).toArray(Stage[]::new));
  }

  private void versions(Context ctx) {
    ctx.json(
        inHandle(
            handle ->
                handle
                    .attach(JobTable.class)
                    .versions(job(handle, ctx).job())
                    .toArray(JobVersion[]::new)));
  }

  private void choose(Context ctx) throws IOException {
    int version = Body.as(Chosen.class, ctx).version();
    Job job =
        inHandle(
            handle -> {
              Job before = job(handle, ctx);
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
    answer(job, ctx);
  }

  private void changePolicy(Context ctx) throws IOException {
    JobPolicy policy = Body.as(JobPolicy.class, ctx);
    change(ctx, job -> Changed.policy(job, policy));
  }

  private void changeOwner(Context ctx) throws IOException {
    Owner owner = Body.as(Owner.class, ctx);
    change(ctx, job -> Changed.owner(job, owner.owner()));
  }

  /** A page in Markdown. */
  record Page(String markdown) {}

  private void runbook(Context ctx) {
    long asked = Asked.of(ctx).number("version", 0, Integer.MAX_VALUE);
    ctx.json(
        inHandle(
            handle -> {
              Job job = job(handle, ctx);
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

  private void changeAlerts(Context ctx) throws IOException {
    JobAlerts alerts = Body.as(JobAlerts.class, ctx);
    Job job =
        inHandle(
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
        inHandle(
            handle -> {
              Job now = how.apply(job(handle, ctx));
              JobTable table = handle.attach(JobTable.class);
              table.put(now);
              table.lookAgain(now.job(), jobs.clock().instant());
              jobs.firings().advance(handle, now);
              return now;
            });
    answer(job, ctx);
  }

  private void answer(Job job, Context ctx) {
    jobs.changed(job);
    ctx.json(job);
  }

  private void set(Context ctx) throws IOException {
    Instant now = jobs.clock().instant();
    Trigger trigger = whole(Body.as(Trigger.class, ctx), new JobName(ctx.pathParam("job")), now);
    Instant next = Schedule.of(trigger, now).after(now).orElse(null);
    if (next == null && trigger instanceof Trigger.Once) {
      throw new Refusal(400, "that time has passed, so the job would never start");
    }
    inHandle(
        handle -> {
          new TriggerCheck(handle).of(job(handle, ctx), trigger);
          return trigger;
        });
    if (trigger instanceof Trigger.Stream stream) {
      jobs.streams().join(stream); // nobody else must wait for another server
    }
    JobTrigger set =
        inHandle(
            handle -> {
              JobName name = job(handle, ctx).job();
              String kind = Wire.JSON.valueToTree(trigger).path("kind").asText();
              long id = handle.attach(JobTable.class).add(name, kind, trigger, now, next);
              return new JobTrigger(id, name, trigger, next, null);
            });
    jobs.changed(inHandle(handle -> job(handle, ctx)));
    ctx.json(set);
  }

  /** With what was left to us. */
  private static Trigger whole(Trigger asked, JobName job, Instant now) {
    if (asked instanceof Trigger.Every every && every.from() == null) {
      return new Trigger.Every(every.seconds(), now.plusSeconds(Math.max(1, every.seconds())));
    }
    return asked instanceof Trigger.Stream stream && stream.group() == null
        ? stream.with("reprise-" + job)
        : asked;
  }

  private void takeAway(Context ctx) {
    String id = ctx.pathParam("trigger");
    Job job =
        inHandle(
            handle -> {
              Job of = job(handle, ctx);
              int gone =
                  id.matches("\\d{1,18}")
                      ? handle.attach(JobTable.class).remove(of.job(), Long.parseLong(id))
                      : 0;
              handle.attach(JobTable.class).forget();
              handle.attach(WaitingTable.class).forget();
              if (gone == 0) {
                throw new Refusal(404, "job %s has no trigger %s".formatted(of.job(), id));
              }
              return of;
            });
    jobs.changed(job);
    ctx.status(204);
  }

  private void times(Context ctx) {
    int count = (int) Asked.of(ctx).number("count", 10, MOST_TIMES);
    Instant now = jobs.clock().instant();
    List<Instant> times = new ArrayList<>();
    inHandle(handle -> handle.attach(JobTable.class).triggers(job(handle, ctx).job()))
        .forEach(it -> times.addAll(Schedule.of(it.trigger(), now).next(now, count)));
    ctx.json(times.stream().distinct().sorted().limit(count).toArray(Instant[]::new));
  }
}
