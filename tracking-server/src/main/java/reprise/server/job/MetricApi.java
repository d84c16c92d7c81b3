package reprise.server.job;

import static io.javalin.http.HandlerType.GET;
import static reprise.server.http.Doc.answers;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Firing;
import reprise.ledger.FiringStatus;
import reprise.ledger.Job;
import reprise.ledger.JobName;
import reprise.ledger.JobVersion;
import reprise.server.http.Asked;

/** What a job's firings came to in numbers, beside the golden runs of its versions. */
final class MetricApi {
  private static final int USUAL = 100;
  private static final int MOST = 500;

  private final Jobs jobs;

  MetricApi(Jobs jobs) {
    this.jobs = jobs;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.create(GET, "/api/jobs/{job}/metrics")
            .addMetadata(
                answers(
                        JobMetrics.class,
                        "What a job's latest firings came to in numbers, oldest first")
                    .asking("limit", Integer.class, "how many firings are looked at; else 100"))
            .handler(this::metrics));
  }

  /**
   * A job in numbers.
   *
   * @param firings that succeeded, oldest first
   * @param golden the run of each version that they are of, and of the one that counts now
   */
  record JobMetrics(List<Measured> firings, List<Golden> golden) {}

  /**
   * What a firing came to.
   *
   * @param at when it was due, or came if it was not due at a time
   * @param millis that its attempt was at work
   * @param metrics each as it was logged last, by name
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Measured(
      long firing, int version, Instant at, @Nullable Long millis, Map<String, Double> metrics) {}

  /** What a version's run came to. */
  record Golden(int version, Map<String, Double> metrics) {}

  private void metrics(Context ctx) {
    int limit = (int) Asked.of(ctx).number("limit", USUAL, MOST);
    JobName name = new JobName(ctx.pathParam("job"));
    ctx.json(jobs.inTransaction(handle -> of(handle, name, limit)));
  }

  private static JobMetrics of(Handle handle, JobName name, int limit) {
    Job job = Firings.job(handle, name);
    Numbers numbers = new Numbers(handle);
    List<Firing> firings =
        new ArrayList<>(handle.attach(FiringTable.class).of(name, Long.MAX_VALUE, limit));
    firings.removeIf(it -> it.status() != FiringStatus.SUCCEEDED);
    Collections.reverse(firings);
    int[] versions =
        IntStream.concat(IntStream.of(job.version()), firings.stream().mapToInt(Firing::version))
            .distinct()
            .sorted()
            .toArray();
    JobTable table = handle.attach(JobTable.class);
    return new JobMetrics(
        firings.stream().map(it -> measured(it, numbers)).toList(),
        IntStream.of(versions)
            .mapToObj(it -> table.version(name, it))
            .flatMap(it -> it.stream())
            .map(it -> golden(it, numbers))
            .toList());
  }

  private static Measured measured(Firing firing, Numbers numbers) {
    Duration took = Numbers.took(firing);
    return new Measured(
        firing.firing(),
        firing.version(),
        firing.due() == null ? firing.createdAt() : firing.due(),
        took == null ? null : took.toMillis(),
        numbers.metrics(Numbers.runs(firing)));
  }

  private static Golden golden(JobVersion version, Numbers numbers) {
    return new Golden(version.version(), numbers.metrics(List.of(version.run())));
  }
}
