package reprise.server.job;

import static io.javalin.http.HandlerType.DELETE;
import static io.javalin.http.HandlerType.GET;
import static io.javalin.http.HandlerType.POST;
import static reprise.server.http.Doc.accepts;
import static reprise.server.http.Doc.answers;

import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import reprise.ledger.Job;
import reprise.ledger.JobName;
import reprise.ledger.JobTrigger;
import reprise.ledger.Trigger;
import reprise.ledger.Wire;
import reprise.server.http.Asked;
import reprise.server.http.Body;
import reprise.server.http.Refusal;
import reprise.server.job.time.Schedule;

/** What starts a job, and when that will be. */
final class TriggerApi {
  private static final int MOST_TIMES = 1000;

  private final Jobs jobs;

  TriggerApi(Jobs jobs) {
    this.jobs = jobs;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.create(POST, "/api/jobs/{job}/triggers")
            .addMetadata(accepts(Trigger.class, JobTrigger.class, "Sets a trigger for a job"))
            .handler(this::set),
        Endpoint.create(DELETE, "/api/jobs/{job}/triggers/{trigger}")
            .addMetadata(accepts(void.class, void.class, "Takes a trigger away"))
            .handler(this::takeAway),
        Endpoint.create(GET, "/api/jobs/{job}/times")
            .addMetadata(
                answers(Instant[].class, "When the job is due next")
                    .asking("count", Integer.class, "how many of them; else ten"))
            .handler(this::times));
  }

  private void set(Context ctx) throws IOException {
    Instant now = jobs.clock().instant();
    Trigger trigger = whole(Body.as(Trigger.class, ctx), new JobName(ctx.pathParam("job")), now);
    Instant next = Schedule.of(trigger, now).after(now).orElse(null);
    if (next == null && trigger instanceof Trigger.Once) {
      throw new Refusal(400, "that time has passed, so the job would never start");
    }
    jobs.inTransaction(
        handle -> {
          new TriggerCheck(handle).of(JobApi.job(handle, ctx), trigger);
          return trigger;
        });
    if (trigger instanceof Trigger.Stream stream) {
      jobs.streams().join(stream); // nobody else must wait for another server
    }
    JobTrigger set =
        jobs.inTransaction(
            handle -> {
              JobName name = JobApi.job(handle, ctx).job();
              String kind = Wire.JSON.valueToTree(trigger).path("kind").asText();
              long id = handle.attach(JobTable.class).add(name, kind, trigger, now, next);
              return new JobTrigger(id, name, trigger, next, null);
            });
    jobs.changed(jobs.inTransaction(handle -> JobApi.job(handle, ctx)));
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
        jobs.inTransaction(
            handle -> {
              Job of = JobApi.job(handle, ctx);
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
    jobs.inTransaction(
            handle -> handle.attach(JobTable.class).triggers(JobApi.job(handle, ctx).job()))
        .forEach(it -> times.addAll(Schedule.of(it.trigger(), now).next(now, count)));
    ctx.json(times.stream().distinct().sorted().limit(count).toArray(Instant[]::new));
  }
}
