package reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reprise.ledger.Alert;
import reprise.ledger.AlertChannel;
import reprise.ledger.AlertRule;
import reprise.ledger.Firing;
import reprise.ledger.JobAlerts;
import reprise.ledger.Outcome;
import reprise.ledger.Promotion;
import reprise.ledger.Verdict;
import reprise.ledger.Wire;

/** What a job's firings came to in numbers, and who is told when that is worse. */
@Timeout(60)
class JobMetricsTest extends JobTest {
  private static final Outcome GOOD = new Outcome.Succeeded();

  /** Has the server take in a run that logs the accuracy twice, last this one. */
  private void record(String run, double accuracy) throws Exception {
    post(
        new Recording(run.replace("r-", "s-"))
            .open(run)
            .start("train()")
            .metric("accuracy", 0.1)
            .metric("accuracy", accuracy)
            .end(GOOD, List.of(), List.of(), List.of())
            .start("test()")
            .metric("loss", 1 - accuracy)
            .end(GOOD, List.of(), List.of(), List.of())
            .finish());
  }

  private void promoteRun(String run) throws Exception {
    prove(run, Verdict.IDENTICAL);
    promote(new Promotion(run, Map.of(), List.of(), false, false, false, null));
  }

  private Firing firingThatBecomes(String run, double accuracy) throws Exception {
    record(run, accuracy);
    reproducer(
        SUCCESS.replace(
            "\\\"timedOut\\\"", "\\\"run\\\":\\\"%s\\\",\\\"timedOut\\\"".formatted(run)));
    return ended(runNow(Map.of()).firing());
  }

  private JsonNode metrics(String query) throws Exception {
    return Wire.JSON.readTree(get("/api/jobs/daily/metrics" + query).body());
  }

  @Test
  void metrics_ofFiringsThatSucceeded_standBesideThoseOfTheGoldenRun() throws Exception {
    record("r-5", 0.75);
    promoteRun("r-5");
    Firing first = firingThatBecomes("r-6", 0.5);
    reproducer(FAILURE);
    ended(runNow(Map.of()).firing());
    Firing last = firingThatBecomes("r-7", Double.NaN);
    JsonNode metrics = metrics("");
    assertThat(metrics.at("/golden").toString())
        .isEqualTo("[{\"version\":1,\"metrics\":{\"accuracy\":0.75,\"loss\":0.25}}]");
    assertThat(metrics.at("/firings")).hasSize(2);
    assertThat(metrics.at("/firings/0/firing").asLong()).isEqualTo(first.firing());
    assertThat(metrics.at("/firings/0/metrics").toString())
        .isEqualTo("{\"accuracy\":0.5,\"loss\":0.5}");
    assertThat(metrics.at("/firings/0/millis").asLong()).isZero(); // the clock stood still
    assertThat(metrics.at("/firings/1/firing").asLong()).isEqualTo(last.firing());
    assertThat(metrics.at("/firings/1/metrics/accuracy").asText()).isEqualTo("NaN");
    assertThat(metrics("?limit=1").at("/firings")).hasSize(1);
  }

  @Test
  void metrics_ofTwoVersions_haveTheGoldenRunOfEach() throws Exception {
    record("r-5", 0.75);
    promoteRun("r-5");
    firingThatBecomes("r-6", 0.5);
    record("r-8", 0.875);
    promoteRun("r-8");
    JsonNode metrics = metrics("");
    assertThat(metrics.at("/firings/0/version").asInt()).isEqualTo(1);
    assertThat(metrics.at("/golden/0/metrics/accuracy").asDouble()).isEqualTo(0.75);
    assertThat(metrics.at("/golden/1/version").asInt()).isEqualTo(2);
    assertThat(metrics.at("/golden/1/metrics/accuracy").asDouble()).isEqualTo(0.875);
  }

  @Test
  void metrics_ofAJobThatIsNone_areNotFound() throws Exception {
    assertThat(get("/api/jobs/nightly/metrics").statusCode()).isEqualTo(404);
  }

  private List<Alert> told(AlertRule rule, double... accuracies) throws Exception {
    record("r-5", 0.75);
    promoteRun("r-5");
    JobAlerts alerts =
        new JobAlerts(List.of(new AlertChannel("slack:NOWHERE")), List.of(rule), false);
    ask("PUT", "/api/jobs/daily/alerts", alerts, JobAlerts.class);
    for (int i = 0; i < accuracies.length; i++) {
      firingThatBecomes("r-1" + i, accuracies[i]);
    }
    return List.of(get("/api/jobs/daily/told", Alert[].class));
  }

  @Test
  void worse_thanTheGoldenRunByMoreThanTheMargin_isTold() throws Exception {
    List<Alert> told = told(new AlertRule.IfWorse("accuracy", 0.1, true, null), 0.7, 0.6, 0.9);
    assertThat(told).hasSize(1);
    assertThat(told.get(0).text()).isEqualTo("accuracy is 0.6; in the golden run it was 0.75.");
  }

  @Test
  void worse_noNumberAtAll_isToldAndIsNoStandardForTheNext() throws Exception {
    List<Alert> told =
        told(new AlertRule.IfWorse("accuracy", 0.1, true, 1), 0.7, Double.NaN, 0.7, 0.6);
    assertThat(told).hasSize(2);
    assertThat(told.get(1).text())
        .isEqualTo("accuracy is NaN; in the mean of up to 1 before it was 0.7.");
    assertThat(told.get(0).text())
        .isEqualTo("accuracy is 0.6; in the mean of up to 1 before it was 0.7.");
  }

  @Test
  void worse_thanTheMeanOfTheLast_isTold() throws Exception {
    List<Alert> told = told(new AlertRule.IfWorse("loss", 0.1, false, 2), 0.1, 0.5, 0.75, 0.5);
    assertThat(told).hasSize(1);
    assertThat(told.get(0).text())
        .isEqualTo("loss is 0.5; in the mean of up to 2 before it was 0.375.");
  }
}
