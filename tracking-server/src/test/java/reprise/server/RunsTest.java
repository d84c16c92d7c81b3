package reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetAddress;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.ledger.Data;
import reprise.ledger.Digest;
import reprise.ledger.Origin;
import reprise.ledger.Outcome;
import reprise.ledger.Parameter;
import reprise.ledger.Reproduction;
import reprise.ledger.Run;
import reprise.ledger.RunEvent;
import reprise.ledger.RunId;
import reprise.ledger.RunStatus;
import reprise.ledger.RunSummary;
import reprise.ledger.Value;
import reprise.ledger.Verdict;
import reprise.ledger.Wire;
import reprise.server.run.RunProjection;

/** Runs as they can be asked for, and what happens to them when their kernel falls silent. */
@Tag("database")
class RunsTest extends ServerTest {
  private static final Digest CSV = Digest.of("a,b\n1,2\n");

  private static Recording training() {
    return new Recording("s-1")
        .open("r-1aa")
        .start("double rate = 0.1;")
        .end(
            new Outcome.Succeeded(),
            List.of(new Data(Data.Direction.READ, "/home/ada/iris.csv", 8, CSV, null)),
            List.of(new Parameter("rate", "double", "0.1", 14, 17)),
            List.of(new Value("rate", "double", "0.1", null)))
        .cell("train();")
        .open("r-1ab")
        .start("train(rate);")
        .end(
            new Outcome.Failed("Oops", "no"),
            List.of(),
            List.of(),
            List.of(new Value("loss", "double", "3.5", null)));
  }

  private List<RunSummary> runs(String query) throws Exception {
    JsonNode page = Wire.JSON.readTree(get("/api/runs?" + query).body());
    List<RunSummary> runs = new ArrayList<>();
    for (JsonNode run : page.get("runs")) {
      runs.add(Wire.JSON.treeToValue(run, RunSummary.class));
    }
    assertThat(page.get("total").asInt()).isEqualTo(runs.size());
    return runs;
  }

  private List<String> ids(String query) throws Exception {
    return runs(query).stream().map(run -> run.run().value()).toList();
  }

  private RunStatus status(String run) throws Exception {
    RunStatus shown = get("/api/runs/" + run, Run.class).status();
    assertThat(ids("status=" + shown)).contains(run);
    return shown;
  }

  @Test
  void list_aSessionUnderWay_sumsUpEachRun() throws Exception {
    post(training());
    List<RunSummary> found = runs("");
    assertThat(found).hasSize(2);
    RunSummary first = found.get(1);
    assertThat(first.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(first.steps()).isEqualTo(2);
    assertThat(first.tookMillis()).isEqualTo(14);
    assertThat(first.parameters()).isEqualTo(Map.of("rate", "0.1"));
    RunSummary second = found.get(0);
    assertThat(second.status()).isEqualTo(RunStatus.RUNNING);
    assertThat(second.continues()).isEqualTo(new RunId("r-1aa"));
    assertThat(second.values()).isEqualTo(Map.of("rate", "0.1", "loss", "3.5"));
    assertThat(second.notebook()).isEqualTo("/home/ada/iris.ipynb");
  }

  @Test
  void list_sessionEnded_saysHowItsLastRunWent() throws Exception {
    post(training().finish());
    assertThat(status("r-1ab")).isEqualTo(RunStatus.FAILED);
  }

  @Test
  void list_asked_findsWhatFits() throws Exception {
    post(training());
    post(
        new Recording("s-2").open("r-2", new Origin.Replay(new RunId("r-1aa"))).cell("1").finish());
    assertThat(ids("sort=oldest")).containsExactly("r-1aa", "r-2", "r-1ab");
    assertThat(ids("origin=replay")).containsExactly("r-2");
    assertThat(ids("origin=original")).doesNotContain("r-2").isNotEmpty();
    assertThat(ids("status=failed")).isEmpty();
    assertThat(ids("experiment=iris&status=running")).containsExactly("r-1ab");
    assertThat(ids("text=loss")).containsExactly("r-1ab");
    assertThat(ids("text=l_ss")).isEmpty();
    assertThat(ids("experiment=other")).isEmpty();
    HttpResponse<String> page = get("/api/runs?limit=1&offset=1&sort=oldest");
    assertThat(page.body()).contains("\"total\":3").contains("\"r-2\"").doesNotContain("r-1ab\"");
  }

  @Test
  void list_askedForNonsense_saysWhatThereIs() throws Exception {
    assertThat(title(get("/api/runs?sort=colour"))).contains("is none of [newest, oldest");
    assertThat(title(get("/api/runs?limit=5000"))).contains("from 0 to 1000");
    assertThat(get("/api/runs?limit=-1").statusCode()).isEqualTo(400);
  }

  @Test
  void experiments_areCounted() throws Exception {
    post(training());
    assertThat(get("/api/experiments").body()).contains("\"experiment\":\"iris\",\"runs\":2");
  }

  @Test
  void find_byIdPrefixOrLatest_givesTheRunAsFolded() throws Exception {
    Recording recording = training().finish();
    post(recording);
    post(
        new Recording("s-2").open("r-2", new Origin.Replay(new RunId("r-1aa"))).cell("1").finish());
    Run expected = Run.of(new RunId("r-1ab"), recording.events).orElseThrow();
    assertThat(get("/api/runs/r-1ab", Run.class)).isEqualTo(expected);
    assertThat(get("/api/runs/r-2", Run.class).run()).isEqualTo(new RunId("r-2"));
    assertThat(get("/api/runs/@latest", Run.class)).isEqualTo(expected);
  }

  @Test
  void find_unknownOrAmbiguous_saysSo() throws Exception {
    assertThat(title(get("/api/runs/@latest"))).startsWith("no run has been recorded yet");
    post(training());
    HttpResponse<String> ambiguous = get("/api/runs/r-1a");
    assertThat(ambiguous.statusCode()).isEqualTo(409);
    assertThat(title(ambiguous)).contains("r-1aa, r-1ab");
    HttpResponse<String> unknown = get("/api/runs/r-9");
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(title(unknown)).startsWith("no run 'r-9' is known here");
  }

  @Test
  void find_idThatBeginsAnother_isThatRun() throws Exception {
    post(new Recording("s-1").open("r-1").cell("1").open("r-12").cell("2"));
    assertThat(get("/api/runs/r-1", Run.class).run()).isEqualTo(new RunId("r-1"));
  }

  @Test
  void events_upToTheEndOfARun_foldIntoTheSameRun() throws Exception {
    Recording recording = training().finish();
    post(recording);
    for (String id : List.of("r-1aa", "r-1ab")) {
      RunId run = new RunId(id);
      List<RunEvent> events = List.of(get("/api/runs/" + id + "/events", RunEvent[].class));
      assertThat(Run.of(run, events)).isEqualTo(Run.of(run, recording.events));
    }
    assertThat(get("/api/runs/r-1aa/events", RunEvent[].class))
        .hasSizeLessThan(recording.events.size());
  }

  @Test
  void data_byDigest_namesStepAndPath() throws Exception {
    post(training());
    assertThat(get("/api/data/" + CSV).body())
        .isEqualTo(
            "[{\"run\":\"r-1aa\",\"step\":1,\"direction\":\"READ\",\"path\":\"/home/ada/iris.csv\"}]");
  }

  @Test
  void status_silentForAMinute_isInterruptedUntilHeardAgain() throws Exception {
    Recording recording = training();
    post(recording);
    now = now.plus(Duration.ofSeconds(59));
    assertThat(status("r-1ab")).isEqualTo(RunStatus.RUNNING);
    now = now.plus(Duration.ofSeconds(2));
    assertThat(status("r-1ab")).isEqualTo(RunStatus.INTERRUPTED);
    assertThat(status("r-1aa")).isEqualTo(RunStatus.SUCCEEDED);
    post(recording, List.of());
    assertThat(status("r-1ab")).isEqualTo(RunStatus.RUNNING);
  }

  @Test
  void status_processOfThisHostGone_isInterruptedAtOnce() throws Exception {
    Process kernel = new ProcessBuilder("sleep", "60").start();
    now = Instant.now();
    String host = InetAddress.getLocalHost().getHostName();
    post(new Recording("s-1", now, host, kernel.pid()).open("r-1").start("while (true);"));
    assertThat(status("r-1")).isEqualTo(RunStatus.RUNNING);
    kernel.destroyForcibly().waitFor();
    assertThat(status("r-1")).isEqualTo(RunStatus.INTERRUPTED);
  }

  @Test
  void reproductions_areGivenToBothRunsAndTheLatestVerdictIsShown() throws Exception {
    post(training());
    String sent = Wire.write(reproduction(Verdict.DIVERGED, 0));
    assertThat(post("/api/reproductions", sent).statusCode()).isEqualTo(204);
    assertThat(post("/api/reproductions", sent).statusCode()).isEqualTo(204);
    post("/api/reproductions", Wire.write(reproduction(Verdict.IDENTICAL, 500)));
    assertThat(runs("text=r-1aa").get(0).verdict()).isEqualTo(Verdict.IDENTICAL);
    Reproduction[] expected = {
      reproduction(Verdict.IDENTICAL, 500), reproduction(Verdict.DIVERGED, 0)
    };
    assertThat(get("/api/runs/r-1aa/reproductions", Reproduction[].class)).isEqualTo(expected);
    assertThat(get("/api/runs/r-1ab/reproductions", Reproduction[].class)).isEqualTo(expected);
  }

  @Test
  void verdict_replaysWithChangesOrOfAPart_sayNothingOfTheRun() throws Exception {
    post(training());
    post("/api/reproductions", Wire.write(reproduction(Verdict.IDENTICAL, 0)));
    Reproduction changed =
        reproduction(Verdict.DIVERGED, 100)
            .altered(Map.of("lr", "0.5"), List.of("the parameter lr is 0.5 instead of 0.1"));
    Reproduction slice =
        reproduction(Verdict.EQUIVALENT, 200)
            .of(new Reproduction.Excerpt(2, List.of(1), null, List.of()), 2);
    post("/api/reproductions", Wire.write(changed));
    post("/api/reproductions", Wire.write(slice));
    assertThat(runs("text=r-1aa").get(0).verdict()).isEqualTo(Verdict.IDENTICAL);
    assertThat(get("/api/runs/r-1aa/reproductions", Reproduction[].class))
        .containsExactly(slice, changed, reproduction(Verdict.IDENTICAL, 0));
  }

  @Test
  void list_askedByVerdict_takesTheLatestOfTheWholeRun() throws Exception {
    post(training());
    assertThat(ids("judged=not_yet")).containsExactly("r-1ab", "r-1aa");
    post("/api/reproductions", Wire.write(reproduction(Verdict.DIVERGED, 0)));
    assertThat(ids("judged=diverged")).containsExactly("r-1aa");
    post("/api/reproductions", Wire.write(reproduction(Verdict.EQUIVALENT, 100)));
    assertThat(ids("judged=verified")).containsExactly("r-1aa");
    assertThat(ids("judged=diverged")).isEmpty();
    assertThat(ids("judged=not_yet")).containsExactly("r-1ab");
  }

  private static Reproduction reproduction(Verdict verdict, int millis) {
    return new Reproduction(
        new RunId("r-1aa"),
        new RunId("r-1ab"),
        Recording.BEGINNING.plusMillis(millis),
        verdict,
        null,
        2,
        2,
        14,
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  @Test
  void refold_afterPieceByPiece_givesTheSameTables() throws Exception {
    Recording recording = training().finish();
    for (int i = 0; i < recording.events.size(); i++) {
      post(recording, recording.events.subList(i, i + 1));
    }
    post(new Recording("s-2").open("r-2").cell("1"));
    List<List<Map<String, Object>>> before = tables();
    RunProjection.refold(server.jdbi());
    assertThat(tables()).isEqualTo(before);
    assertThat(before).allSatisfy(table -> assertThat(table).isNotEmpty());
  }

  private List<List<Map<String, Object>>> tables() {
    return server
        .jdbi()
        .withHandle(
            handle ->
                List.of(
                    handle.select("SELECT * FROM session ORDER BY session").mapToMap().list(),
                    handle.select("SELECT * FROM run ORDER BY run").mapToMap().list(),
                    handle.select("SELECT * FROM data ORDER BY run, step").mapToMap().list()));
  }
}
