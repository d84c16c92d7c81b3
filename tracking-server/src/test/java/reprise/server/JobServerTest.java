package reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import reprise.ledger.Firing;
import reprise.ledger.FiringStatus;
import reprise.ledger.Job;
import reprise.ledger.JobAlerts;
import reprise.ledger.JobPolicy;
import reprise.ledger.JobPolicy.WhilePaused;
import reprise.ledger.JobSummary;
import reprise.ledger.JobTrigger;
import reprise.ledger.JobVersion;
import reprise.ledger.Outcome;
import reprise.ledger.Parameter;
import reprise.ledger.Promotion;
import reprise.ledger.Trigger;

/**
 * A test with a server that has a job {@code daily} with the parameters {@code rate} (double) and
 * {@code day} (String). Nothing carries its attempts out, so firings stay as they came.
 */
@Tag("database")
abstract class JobServerTest extends ServerTest {
  @BeforeEach
  void promote() throws Exception {
    post(
        new Recording("s-1")
            .open("r-1")
            .start("double rate = 0.1; String day = \"monday\";")
            .end(
                new Outcome.Succeeded(),
                List.of(),
                List.of(
                    new Parameter("rate", "double", "0.1", 14, 17),
                    new Parameter("day", "String", "\"monday\"", 32, 40)),
                List.of())
            .finish());
    Promotion promotion = new Promotion("r-1", Map.of(), List.of(), false, false, false, "a test");
    ask("POST", "/api/jobs/daily/versions", promotion, JobVersion.class);
    JobAlerts nobody = new JobAlerts(List.of(), List.of(), true);
    ask("PUT", "/api/jobs/daily/alerts", nobody, JobAlerts.class);
  }

  protected JobTrigger set(Trigger trigger) throws Exception {
    return ask("POST", "/api/jobs/daily/triggers", trigger, JobTrigger.class);
  }

  protected JobTrigger trigger() throws Exception {
    return get("/api/jobs/daily", JobSummary.class).triggers().get(0);
  }

  void pause(WhilePaused rule) throws Exception {
    JobPolicy it = JobPolicy.USUAL;
    JobPolicy policy =
        new JobPolicy(
            it.atOnce(),
            it.overlap(),
            it.catchUp(),
            it.catchUpMost(),
            rule,
            1,
            0,
            null,
            null,
            null,
            null);
    ask("PUT", "/api/jobs/daily/policy", policy, Job.class);
    ask("PUT", "/api/jobs/daily/pause", null, Job.class);
  }

  void resume() throws Exception {
    ask("DELETE", "/api/jobs/daily/pause", null, Job.class);
  }

  /** Waits for so many firings, and for one more that should not come; oldest first. */
  protected List<Firing> firings(int expected) throws Exception {
    while (firings() < expected) {
      Thread.sleep(20);
    }
    Thread.sleep(450); // two more looks of each clock
    List<Firing> all =
        new ArrayList<>(List.of(get("/api/jobs/daily/firings?limit=500", Firing[].class)));
    Collections.reverse(all);
    assertThat(all).hasSize(expected);
    return all;
  }

  static List<FiringStatus> statuses(List<Firing> firings) {
    return firings.stream().map(Firing::status).toList();
  }
}
