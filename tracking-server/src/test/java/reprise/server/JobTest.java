package reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import reprise.ledger.AttemptOrder;
import reprise.ledger.Data;
import reprise.ledger.Digest;
import reprise.ledger.Firing;
import reprise.ledger.FiringStatus;
import reprise.ledger.Job;
import reprise.ledger.JobAlerts;
import reprise.ledger.JobPolicy;
import reprise.ledger.JobPolicy.CatchUp;
import reprise.ledger.JobPolicy.Overlap;
import reprise.ledger.JobPolicy.WhilePaused;
import reprise.ledger.JobTrigger;
import reprise.ledger.JobVersion;
import reprise.ledger.Outcome;
import reprise.ledger.Parameter;
import reprise.ledger.Promotion;
import reprise.ledger.Reproduction;
import reprise.ledger.RunId;
import reprise.ledger.Trigger;
import reprise.ledger.Verdict;
import reprise.ledger.Wire;

/**
 * A test with a run that reproduced and can be promoted. What carries attempts out is a shell
 * script that leaves the result which the reproducer would; the clock is the test's to turn.
 */
@Tag("database")
abstract class JobTest extends ServerTest {
  static final String SUCCESS =
      """
      cat > /dev/null &
      sed 's/.*"attempt":"\\([^"]*\\)".*/\\1/' "$2/order.json" > "$2/id"
      mkdir "$2/artifacts" && printf made > "$2/artifacts/report.csv"
      echo "{\\"attempt\\":\\"$(cat "$2/id")\\",\\"succeeded\\":true,\\"timedOut\\":false,\\"artifacts\\":[{\\"path\\":\\"report.csv\\",\\"size\\":4,\\"digest\\":\\"%s\\"}]}" > "$2/half"
      mv "$2/half" "$2/result.json"
      """
          .formatted("ab".repeat(32));
  static final String FAILURE =
      "echo 'step 2 failed with java.io.IOException: no such table' >&2; exit 1";

  @BeforeEach
  void recordARun() throws Exception {
    Data read =
        new Data(Data.Direction.READ, "/home/ada/iris.csv", 4, new Digest("ab".repeat(32)), null);
    post(
        new Recording("s-1")
            .open("r-1")
            .start("double rate = 0.1; String day = \"monday\";")
            .end(
                new Outcome.Succeeded(),
                List.of(read),
                List.of(
                    new Parameter("rate", "double", "0.1", 14, 17),
                    new Parameter("day", "String", "\"monday\"", 32, 40)),
                List.of())
            .finish());
    prove("r-1", Verdict.IDENTICAL);
    reproducer(SUCCESS);
  }

  @Override
  @Nullable String replayCommand() {
    return folder.resolve("the reproducer").toString();
  }

  void reproducer(String script) throws IOException {
    Path half = folder.resolve("the next reproducer");
    Files.writeString(half, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(half, PosixFilePermissions.fromString("rwx------"));
    Files.move(
        half,
        folder.resolve("the reproducer"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING,
        java.nio.file.StandardCopyOption.ATOMIC_MOVE);
  }

  void prove(String run, Verdict verdict) throws Exception {
    Reproduction reproduction =
        new Reproduction(
            new RunId(run),
            null,
            now,
            verdict,
            null,
            1,
            1,
            10,
            List.of(),
            List.of(),
            List.of(),
            List.of());
    assertThat(post("/api/reproductions", Wire.write(reproduction)).statusCode()).isLessThan(300);
  }

  JobVersion promote() throws Exception {
    return promote(new Promotion("r-1", Map.of(), List.of(), false, false, false, null));
  }

  JobVersion promote(Promotion promotion) throws Exception {
    return promote("daily", promotion);
  }

  JobVersion promote(String job, Promotion promotion) throws Exception {
    JobVersion version = ask("POST", "/api/jobs/" + job + "/versions", promotion, JobVersion.class);
    JobAlerts nobody = new JobAlerts(List.of(), List.of(), true);
    ask("PUT", "/api/jobs/" + job + "/alerts", nobody, JobAlerts.class);
    return version;
  }

  JobTrigger set(Trigger trigger) throws Exception {
    return ask("POST", "/api/jobs/daily/triggers", trigger, JobTrigger.class);
  }

  void policy(JobPolicy policy) throws Exception {
    ask("PUT", "/api/jobs/daily/policy", policy, Job.class);
  }

  static JobPolicy policy(
      int atOnce, Overlap overlap, CatchUp catchUp, WhilePaused whilePaused, int attempts) {
    return policy(atOnce, overlap, catchUp, whilePaused, attempts, 0);
  }

  static JobPolicy policy(
      int atOnce,
      Overlap overlap,
      CatchUp catchUp,
      WhilePaused whilePaused,
      int attempts,
      int backOffSeconds) {
    return new JobPolicy(
        atOnce, overlap, catchUp, 3, whilePaused, attempts, backOffSeconds, null, null, null, null);
  }

  Firing runNow(Map<String, Object> wanted) throws Exception {
    return ask("POST", "/api/jobs/daily/firings", wanted, Firing.class);
  }

  /** Oldest first. */
  List<Firing> history() throws Exception {
    List<Firing> firings =
        new java.util.ArrayList<>(
            List.of(get("/api/jobs/daily/firings?limit=500", Firing[].class)));
    java.util.Collections.reverse(firings);
    return firings;
  }

  Firing ended(long firing) throws Exception {
    Firing now = get("/api/firings/" + firing, Firing.class);
    while (!now.status().isOver()) {
      Thread.sleep(20);
      now = get("/api/firings/" + firing, Firing.class);
    }
    return now;
  }

  /** Waits until the clock has been looked at again, and all that came of it is over. */
  List<Firing> settled(int firings) throws Exception {
    while (history().size() < firings) {
      Thread.sleep(20);
    }
    Thread.sleep(500); // two more looks, for one that should not come
    for (Firing firing : history()) {
      if (!(firing.status() == FiringStatus.QUEUED)) {
        ended(firing.firing());
      }
    }
    return history();
  }

  AttemptOrder order(Firing firing) throws IOException {
    String attempt = firing.attempts().get(firing.attempts().size() - 1).attempt().value();
    return Wire.read(
        Files.readString(folder.resolve("server/attempts").resolve(attempt).resolve("order.json")),
        AttemptOrder.class);
  }

  void promote(String job) throws Exception {
    promote(job, new Promotion("r-1", Map.of(), List.of(), false, false, false, null));
  }
}
