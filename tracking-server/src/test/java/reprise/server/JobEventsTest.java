package reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reprise.ledger.Firing;
import reprise.ledger.FiringStatus;
import reprise.ledger.Job;
import reprise.ledger.JobName;
import reprise.ledger.JobPolicy;
import reprise.ledger.JobSummary;
import reprise.ledger.JobTrigger;
import reprise.ledger.JobVersion;
import reprise.ledger.Promotion;
import reprise.ledger.Trigger;
import reprise.ledger.Wire;

/** What starts jobs besides the clock. */
@Timeout(60)
class JobEventsTest extends JobTest {
  @Test
  void after_otherJobSucceededOrFailed_startsThoseThatWaitForThat() throws Exception {
    promote();
    promote("next");
    promote("mourner");
    JobName daily = new JobName("daily");
    ask(
        "POST",
        "/api/jobs/next/triggers",
        new Trigger.After(daily, Trigger.After.End.SUCCESS, null),
        JobTrigger.class);
    ask(
        "POST",
        "/api/jobs/mourner/triggers",
        new Trigger.After(daily, Trigger.After.End.FAILURE, null),
        JobTrigger.class);
    Firing good = ended(runNow(Map.of()).firing());
    Firing[] next = get("/api/jobs/next/firings", Firing[].class);
    assertThat(next).hasSize(1);
    assertThat(next[0].cause()).isEqualTo("after firing %d of daily".formatted(good.firing()));
    assertThat(get("/api/jobs/mourner/firings", Firing[].class)).isEmpty();
    reproducer(FAILURE);
    ended(runNow(Map.of()).firing());
    assertThat(get("/api/jobs/mourner/firings", Firing[].class)).hasSize(1);
    assertThat(get("/api/jobs/next/firings", Firing[].class)).hasSize(1);
  }

  @Test
  void after_circleOfJobs_isRefused() throws Exception {
    promote();
    promote("next");
    set(new Trigger.After(new JobName("next"), Trigger.After.End.ANY, null));
    HttpResponse<String> circle =
        send(
            "POST",
            "/api/jobs/next/triggers",
            new Trigger.After(new JobName("daily"), Trigger.After.End.ANY, null));
    assertThat(circle.statusCode()).isEqualTo(400);
    assertThat(title(circle)).contains("for ever");
  }

  private HttpResponse<String> after(Trigger.After.End end, String parameter) throws Exception {
    return send(
        "POST", "/api/jobs/next/triggers", new Trigger.After(new JobName("daily"), end, parameter));
  }

  @Test
  void after_filesToAParameter_leadsToThoseOfTheAttemptThatEnded() throws Exception {
    promote();
    promote("next");
    assertThat(after(Trigger.After.End.SUCCESS, "day").statusCode()).isEqualTo(200);
    ask("PUT", "/api/jobs/next/policy", keepingWhatComesInAPause(), Job.class);
    ask("PUT", "/api/jobs/next/pause", null, Job.class);
    String first = filesOf(ended(runNow(Map.of()).firing()));
    String second = filesOf(ended(runNow(Map.of()).firing()));
    ask("DELETE", "/api/jobs/next/pause", null, Job.class);
    Firing[] next = get("/api/jobs/next/firings", Firing[].class);
    assertThat(next).hasSize(2);
    Firing older = ended(next[1].firing());
    assertThat(older.parameters()).containsExactly(Map.entry("day", first));
    assertThat(ended(next[0].firing()).parameters()).containsExactly(Map.entry("day", second));
    assertThat(Path.of(first)).isAbsolute().isDirectory();
    assertThat(order(older).live()).containsExactly(first);
  }

  private static JobPolicy keepingWhatComesInAPause() {
    return policy(
        1, JobPolicy.Overlap.QUEUE, JobPolicy.CatchUp.LATEST, JobPolicy.WhilePaused.KEEP, 1);
  }

  private String filesOf(Firing firing) {
    String attempt = firing.attempts().get(0).attempt().value();
    return folder.resolve("server/attempts").resolve(attempt).resolve("artifacts").toString();
  }

  @Test
  void after_filesThatCannotBeOrToWhatIsNoText_isRefused() throws Exception {
    promote();
    promote("next");
    for (Trigger.After.End end : List.of(Trigger.After.End.FAILURE, Trigger.After.End.ANY)) {
      HttpResponse<String> without = after(end, "day");
      assertThat(without.statusCode()).isEqualTo(400);
      assertThat(title(without))
          .isEqualTo(
              "a job that has not succeeded leaves no files, so a parameter can get them after"
                  + " SUCCESS only, not after "
                  + end);
    }
    HttpResponse<String> number = after(Trigger.After.End.SUCCESS, "rate");
    assertThat(number.statusCode()).isEqualTo(400);
    assertThat(title(number))
        .startsWith("'the path of a folder' is not a value of type double, which rate has");
    HttpResponse<String> unknown = after(Trigger.After.End.SUCCESS, "speed");
    assertThat(title(unknown)).startsWith("job next has no parameter 'speed'");
  }

  @Test
  void webhook_signedMessage_startsTheJobOnce() throws Exception {
    promote();
    long trigger = set(new Trigger.Webhook(null)).id();
    String secret = secret(trigger);
    String body = "{\"parameters\":{\"rate\":\"0.7\"}}";
    HttpResponse<String> taken = message(trigger, now, "d-1", body, secret);
    assertThat(taken.statusCode()).as(taken.body()).isEqualTo(200);
    Firing firing = ended(Wire.read(taken.body(), Firing.class).firing());
    assertThat(firing.status()).isEqualTo(FiringStatus.SUCCEEDED);
    assertThat(order(firing).parameters()).containsExactly(Map.entry("rate", "0.7"));
    HttpResponse<String> again = message(trigger, now, "d-1", body, secret);
    assertThat(again.statusCode()).isEqualTo(409);
    assertThat(title(again)).isEqualTo("delivery d-1 was taken before");
    HttpResponse<String> forged = message(trigger, now, "d-2", body, secret + "0");
    assertThat(forged.statusCode()).isEqualTo(401);
    assertThat(title(forged)).startsWith("the signature is wrong");
    HttpResponse<String> late =
        message(trigger, now.minus(Duration.ofMinutes(6)), "d-3", body, secret);
    assertThat(late.statusCode()).isEqualTo(401);
    assertThat(title(late)).contains("more than 5 minutes");
    HttpResponse<String> wrong =
        message(trigger, now, "d-4", "{\"parameters\":{\"speed\":\"1\"}}", secret);
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(history()).hasSize(1);
    assertThat(message(trigger + 7, now, "d-5", body, secret).statusCode()).isEqualTo(404);
    HttpResponse<String> bare =
        client.send(
            HttpRequest.newBuilder(at("/hooks/" + trigger))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(title(bare)).contains("header X-Reprise-Timestamp is missing");
  }

  private void setFolder(Path inbox, boolean together) throws Exception {
    set(new Trigger.Directory(inbox.toString(), "*.csv", null, 1, "day", together, null));
  }

  @Test
  void directory_fileThatHasSettled_isGivenToTheJobOnce() throws Exception {
    promote();
    now = Instant.now().minusSeconds(1);
    Path inbox = Files.createDirectory(folder.resolve("inbox"));
    setFolder(inbox, false);
    Files.writeString(inbox.resolve("a.csv"), "half");
    Files.writeString(inbox.resolve("b.csv.part"), "half");
    Files.writeString(inbox.resolve("readme.txt"), "not meant");
    Thread.sleep(1500);
    now = now.plusMillis(900);
    Thread.sleep(1500);
    assertThat(history()).isEmpty(); // nothing has lain still for a second yet
    Files.writeString(inbox.resolve("a.csv"), "whole");
    Thread.sleep(1500);
    now = now.plusSeconds(2);
    List<Firing> firings = settled(1);
    assertThat(firings).hasSize(1);
    assertThat(order(firings.get(0)).parameters())
        .containsExactly(Map.entry("day", inbox.resolve("a.csv").toString()));
    server.close();
    Files.writeString(inbox.resolve("c.csv"), "came while nobody looked");
    server = start(settings());
    Thread.sleep(1500);
    now = now.plusSeconds(5);
    assertThat(settled(2)).hasSize(2);
    Files.writeString(inbox.resolve("a.csv"), "another");
    Thread.sleep(1500);
    now = now.plusSeconds(5);
    assertThat(settled(3)).hasSize(3);
  }

  @Test
  void directory_fileThatSettlesWhileTheJobIsPausedAndResumed_isNotForgotten() throws Exception {
    promote();
    now = Instant.now().minusSeconds(1);
    Path inbox = Files.createDirectory(folder.resolve("inbox"));
    setFolder(inbox, false);
    Files.writeString(inbox.resolve("a.csv"), "whole");
    now = Instant.now().plusSeconds(1);
    Thread.sleep(1500);
    ask("PUT", "/api/jobs/daily/pause", null, Job.class);
    ask("DELETE", "/api/jobs/daily/pause", null, Job.class);
    Thread.sleep(500);
    now = now.plusSeconds(2);
    assertThat(settled(1)).hasSize(1);
  }

  @Test
  void directory_tenThousandFilesAtOnce_areOneFiringWhereTheyAreWantedTogether() throws Exception {
    promote();
    now = Instant.now().minusSeconds(1);
    Path inbox = Files.createDirectory(folder.resolve("inbox"));
    setFolder(inbox, true);
    for (int i = 0; i < 10_000; i++) {
      Files.createFile(inbox.resolve("%05d.csv".formatted(i)));
    }
    Thread.sleep(2500);
    now = now.plusSeconds(60);
    List<Firing> firings = settled(1);
    assertThat(firings).hasSize(1);
    assertThat(firings.get(0).cause()).isEqualTo("10000 files in " + inbox);
    assertThat(String.valueOf(order(firings.get(0)).parameters().get("day")).lines())
        .hasSize(10_000);
  }

  @Test
  void directory_tenThousandFilesAtOnce_areAFiringEachAndNoneTwice() throws Exception {
    promote();
    ask("PUT", "/api/jobs/daily/policy", keepingWhatComesInAPause(), Job.class);
    ask("PUT", "/api/jobs/daily/pause", null, Job.class); // else each of them is carried out
    now = Instant.now().minusSeconds(1);
    Path inbox = Files.createDirectory(folder.resolve("inbox"));
    setFolder(inbox, false);
    for (int i = 0; i < 10_000; i++) {
      Files.createFile(inbox.resolve("%05d.csv".formatted(i)));
    }
    Thread.sleep(2500);
    now = now.plusSeconds(60);
    while (firings() < 10_000) {
      Thread.sleep(100);
    }
    now = now.plusSeconds(60);
    Thread.sleep(2500); // two more looks
    assertThat(firings()).isEqualTo(10_000);
    assertThat(get("/api/jobs/daily/firings?limit=500", Firing[].class))
        .hasSize(500)
        .allSatisfy(it -> assertThat(it.parameters()).containsKey("day"));
  }

  @Test
  void promote_versionWithoutTheParameterThatATriggerFills_isRefused() throws Exception {
    post(new Recording("s-2").open("r-2").cell("1").finish());
    promote(new Promotion("r-2", Map.of(), List.of(), false, false, false, "a test"));
    promote();
    setFolder(Files.createDirectory(folder.resolve("inbox")), false);
    long trigger = get("/api/jobs/daily", JobSummary.class).triggers().get(0).id();
    HttpResponse<String> back = send("PUT", "/api/jobs/daily/version", Map.of("version", 1));
    assertThat(back.statusCode()).isEqualTo(400);
    assertThat(title(back))
        .isEqualTo(
            "version 1, which trigger %d would start ('reprise job unschedule daily %d' removes it), has no parameter 'day'; it has none"
                .formatted(trigger, trigger));
    HttpResponse<String> on =
        send(
            "POST",
            "/api/jobs/daily/versions",
            new Promotion("r-2", Map.of(), List.of(), false, false, false, "a test"));
    assertThat(on.statusCode()).isEqualTo(400);
    assertThat(title(on)).startsWith("version 3, which trigger " + trigger);
    assertThat(get("/api/jobs/daily/versions", JobVersion[].class)).hasSize(2);
    assertThat(get("/api/jobs/daily", JobSummary.class).job().version()).isEqualTo(2);
  }

  @Test
  void directory_folderOrPatternThatCannotBe_isRefused() throws Exception {
    promote();
    HttpResponse<String> relative =
        send(
            "POST",
            "/api/jobs/daily/triggers",
            new Trigger.Directory("inbox", null, null, 0, null, false, null));
    assertThat(title(relative)).contains("'inbox' is no absolute path");
    HttpResponse<String> pattern =
        send(
            "POST",
            "/api/jobs/daily/triggers",
            new Trigger.Directory("/inbox", "[", null, 0, null, false, null));
    assertThat(title(pattern)).contains("'[' is no pattern");
    HttpResponse<String> parameter =
        send(
            "POST",
            "/api/jobs/daily/triggers",
            new Trigger.Directory("/inbox", null, null, 0, "rate", false, null));
    assertThat(title(parameter)).contains("is not a value of type double");
  }
}
