package reprise.reproducer.command;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Alert;
import reprise.ledger.Backfill;
import reprise.ledger.Firing;
import reprise.ledger.Job;
import reprise.ledger.JobAlerts;
import reprise.ledger.JobName;
import reprise.ledger.JobPolicy;
import reprise.ledger.JobSummary;
import reprise.ledger.JobTrigger;
import reprise.ledger.JobVersion;
import reprise.ledger.Promotion;
import reprise.ledger.TrackingClient;
import reprise.ledger.Trigger;

/** What the commands about jobs ask of a server. */
record JobClient(TrackingClient server) {
  private static final Duration FIRST_LOOK = Duration.ofMillis(300);
  private static final Duration RAREST_LOOK = Duration.ofSeconds(3);

  static JobClient of(Map<String, String> environment) {
    return new JobClient(TrackingClient.of(environment));
  }

  private static String path(JobName job, String what) {
    return "/api/jobs/" + job + what;
  }

  /** What a sender of messages must know. */
  record Hook(String path, String secret, List<String> headers, String signature) {}

  Hook hook(long trigger) throws IOException {
    return server.get("/api/triggers/" + trigger + "/hook", Hook.class);
  }

  /** In Markdown. */
  record Page(String markdown) {}

  Page runbook(JobName job, int version) throws IOException {
    return server.get(path(job, "/runbook?version=" + version), Page.class);
  }

  List<JobSummary> all() throws IOException {
    return List.of(server.get("/api/jobs", JobSummary[].class));
  }

  JobSummary job(JobName job) throws IOException {
    return server.get(path(job, ""), JobSummary.class);
  }

  List<JobVersion> versions(JobName job) throws IOException {
    return List.of(server.get(path(job, "/versions"), JobVersion[].class));
  }

  List<Instant> times(JobName job, int count) throws IOException {
    return List.of(server.get(path(job, "/times?count=" + count), Instant[].class));
  }

  List<Firing> history(JobName job, int limit) throws IOException {
    return List.of(server.get(path(job, "/firings?limit=" + limit), Firing[].class));
  }

  Firing firing(long firing) throws IOException {
    return server.get("/api/firings/" + firing, Firing.class);
  }

  /**
   * Waits for the end of a firing, and gives it as it is then. Each look costs the server what the
   * firing's cells could have; so a long one has fewer.
   */
  Firing ended(Firing firing) throws IOException, InterruptedException {
    long began = System.nanoTime();
    Firing now = firing;
    while (!now.status().isOver()) {
      long tenth = (System.nanoTime() - began) / 10;
      TimeUnit.NANOSECONDS.sleep(
          Math.min(RAREST_LOOK.toNanos(), Math.max(FIRST_LOOK.toNanos(), tenth)));
      now = firing(firing.firing());
    }
    return now;
  }

  JobVersion promote(JobName job, Promotion promotion) throws IOException {
    return server.send("POST", path(job, "/versions"), promotion, JobVersion.class);
  }

  List<JobTrigger> set(JobName job, List<Trigger> triggers) throws IOException {
    List<JobTrigger> set = new ArrayList<>();
    for (Trigger trigger : triggers) {
      set.add(server.send("POST", path(job, "/triggers"), trigger, JobTrigger.class));
    }
    return set;
  }

  void takeAway(JobName job, long trigger) throws IOException {
    server.send("DELETE", path(job, "/triggers/" + trigger), null, Void.class);
  }

  Job choose(JobName job, int version) throws IOException {
    return server.send("PUT", path(job, "/version"), Map.of("version", version), Job.class);
  }

  Job put(JobName job, JobPolicy policy) throws IOException {
    return server.send("PUT", path(job, "/policy"), policy, Job.class);
  }

  JobAlerts alerts(JobName job) throws IOException {
    return server.get(path(job, "/alerts"), JobAlerts.class);
  }

  void put(JobName job, JobAlerts alerts) throws IOException {
    server.send("PUT", path(job, "/alerts"), alerts, JobAlerts.class);
  }

  List<Alert> told(JobName job) throws IOException {
    return List.of(server.get(path(job, "/told"), Alert[].class));
  }

  Job owner(JobName job, String owner) throws IOException {
    return server.send("PUT", path(job, "/owner"), Map.of("owner", owner), Job.class);
  }

  Job pause(JobName job, boolean paused) throws IOException {
    return server.send(paused ? "PUT" : "DELETE", path(job, "/pause"), null, Job.class);
  }

  Firing fire(JobName job, Map<String, String> parameters, @Nullable String key)
      throws IOException {
    Map<String, Object> wanted =
        key == null
            ? Map.of("parameters", parameters)
            : Map.of("parameters", parameters, "key", key);
    return server.send("POST", path(job, "/firings"), wanted, Firing.class);
  }

  Backfill backfill(JobName job, Backfill backfill, boolean preview) throws IOException {
    return server.send(
        "POST", path(job, "/backfills?preview=" + preview), backfill, Backfill.class);
  }

  Firing change(long firing, String how) throws IOException {
    return server.send("POST", "/api/firings/" + firing + "/" + how, null, Firing.class);
  }
}
