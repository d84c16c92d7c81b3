package reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reprise.ledger.Alert;
import reprise.ledger.AlertChannel;
import reprise.ledger.AlertRule;
import reprise.ledger.Data;
import reprise.ledger.Digest;
import reprise.ledger.Firing;
import reprise.ledger.JobAlerts;
import reprise.ledger.JobPolicy.CatchUp;
import reprise.ledger.JobPolicy.Overlap;
import reprise.ledger.JobPolicy.WhilePaused;
import reprise.ledger.JobTrigger;
import reprise.ledger.Outcome;
import reprise.ledger.Promotion;
import reprise.ledger.Trigger;
import reprise.ledger.Verdict;

/** Who is told of jobs: each rule fires, and what it says arrives at a real mail or web server. */
@Timeout(60)
class JobAlertsTest extends JobTest {
  private static final AlertChannel MAIL = new AlertChannel("mail:ada@example.org");
  private static final AlertChannel SLACK = new AlertChannel("slack:TEAM_HOOK");
  private static final AlertChannel HOOK = new AlertChannel("hook:OTHER_HOOK");

  private final BlockingQueue<String> posted = new LinkedBlockingQueue<>();
  private final GreenMail mail =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
  private final HttpServer web =
      HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  private volatile int answer = 200;

  JobAlertsTest() throws IOException {
    mail.start();
    web.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          if (answer == 200) {
            posted.add(exchange.getRequestURI() + " " + body);
          }
          exchange.sendResponseHeaders(answer, -1);
          exchange.close();
        });
    web.start();
  }

  @AfterEach
  void stopWorld() {
    mail.stop();
    web.stop(0);
  }

  @Override
  Settings settings() {
    Settings usual = super.settings();
    Map<String, String> environment = new HashMap<>(usual.environment());
    String there = "http://127.0.0.1:" + web.getAddress().getPort();
    environment.put("REPRISE_SMTP", "smtp://127.0.0.1:" + mail.getSmtp().getPort());
    environment.put("TEAM_HOOK", there + "/team/secret-part");
    environment.put("OTHER_HOOK", there + "/other");
    environment.put("REPRISE_PING_URL", there + "/ping");
    return new Settings(
        usual.host(),
        usual.port(),
        usual.home(),
        usual.database(),
        usual.files(),
        usual.blobs(),
        usual.replayCommand(),
        usual.verifyAfter(),
        usual.workers(),
        environment);
  }

  private void tell(List<AlertChannel> to, AlertRule... rules) throws Exception {
    ask("PUT", "/api/jobs/daily/alerts", new JobAlerts(to, List.of(rules), false), JobAlerts.class);
  }

  private Firing run() throws Exception {
    return ended(runNow(Map.of()).firing());
  }

  private List<Alert> told(int least) throws Exception {
    List<Alert> told = List.of(get("/api/jobs/daily/told", Alert[].class));
    while (told.size() < least || told.stream().anyMatch(it -> it.sentAt() == null)) {
      Thread.sleep(50);
      told = List.of(get("/api/jobs/daily/told", Alert[].class));
    }
    return told;
  }

  private String post(String path) throws InterruptedException {
    while (true) {
      String next = posted.poll(20, TimeUnit.SECONDS);
      assertThat(next).isNotNull();
      if (String.valueOf(next).startsWith(path)) {
        return String.valueOf(next);
      }
    }
  }

  @Test
  void failed_afterTheLastAttempt_isToldOnceEverywhere() throws Exception {
    reproducer(FAILURE);
    promote();
    policy(policy(1, Overlap.QUEUE, CatchUp.LATEST, WhilePaused.DROP, 3));
    tell(List.of(MAIL, SLACK, HOOK), new AlertRule.OnFailure());
    run();
    assertThat(told(3)).hasSize(3);
    assertThat(mail.waitForIncomingEmail(10_000, 1)).isTrue();
    MimeMessage message = mail.getReceivedMessages()[0];
    assertThat(message.getSubject()).isEqualTo("Reprise: daily failed");
    assertThat(message.getFrom()[0]).hasToString("reprise@localhost");
    assertThat(message.getAllRecipients()[0]).hasToString("ada@example.org");
    assertThat(GreenMailUtil.getBody(message)).contains("no such table");
    assertThat(post("/team/secret-part")).contains("*daily failed*");
    assertThat(post("/other")).contains("\"rule\":\"failed\"", "\"job\":\"daily\"");
    assertThat(mail.getReceivedMessages()).hasSize(1);
  }

  @Test
  void recovered_afterAFailureAndAfterARepair_isTold() throws Exception {
    reproducer(FAILURE);
    promote();
    tell(List.of(HOOK), new AlertRule.OnRecovery());
    Firing failed = run();
    reproducer(SUCCESS);
    run();
    assertThat(told(1)).hasSize(1);
    run();
    assertThat(told(1)).hasSize(1);
    ask("POST", "/api/firings/" + failed.firing() + "/repair", null, Firing.class);
    ended(failed.firing());
    assertThat(told(2)).hasSize(2);
  }

  @Test
  void notStarted_whatShouldHaveBegun_isTold() throws Exception {
    reproducer("exec sleep 60");
    promote();
    tell(List.of(HOOK), new AlertRule.IfNotStarted(300));
    runNow(Map.of());
    Firing waiting = runNow(Map.of());
    now = now.plus(Duration.ofMinutes(4));
    Thread.sleep(1500);
    assertThat(get("/api/jobs/daily/told", Alert[].class)).isEmpty();
    now = now.plus(Duration.ofMinutes(2));
    Alert alert = told(1).get(0);
    assertThat(alert.firing()).isEqualTo(waiting.firing());
    assertThat(alert.subject()).isEqualTo("daily has not started");
  }

  @Test
  void late_whatShouldBeDone_isToldOnce() throws Exception {
    reproducer("exec sleep 60");
    promote();
    tell(List.of(HOOK), new AlertRule.IfLate(300));
    Firing running = runNow(Map.of());
    now = now.plus(Duration.ofMinutes(6));
    Alert alert = told(1).get(0);
    assertThat(alert.firing()).isEqualTo(running.firing());
    assertThat(alert.subject()).isEqualTo("daily is late");
    now = now.plus(Duration.ofMinutes(6));
    Thread.sleep(1500);
    assertThat(told(1)).hasSize(1);
  }

  @Test
  void noSuccess_forSoLong_isToldOnceForThatGap() throws Exception {
    promote();
    tell(List.of(HOOK), new AlertRule.WithoutSuccess(3600));
    now = now.plus(Duration.ofMinutes(61));
    assertThat(told(1)).hasSize(1);
    run();
    now = now.plus(Duration.ofMinutes(30));
    Thread.sleep(1500);
    assertThat(told(1)).hasSize(1);
    now = now.plus(Duration.ofMinutes(31));
    assertThat(told(2)).hasSize(2);
  }

  @Test
  void slow_muchLongerThanUsual_isToldOnceWhileItGoesOn() throws Exception {
    promote();
    tell(List.of(HOOK), new AlertRule.IfSlow(3));
    for (int i = 0; i < 3; i++) {
      run();
    }
    reproducer("while [ ! -e \"$REPRISE_HOME/go\" ]; do sleep 0.05; done\n" + SUCCESS);
    long firing = runNow(Map.of()).firing();
    while (get("/api/firings/" + firing, Firing.class).attempts().stream()
        .noneMatch(it -> it.startedAt() != null)) {
      Thread.sleep(20);
    }
    now = now.plus(Duration.ofHours(1));
    assertThat(told(1).get(0).text()).startsWith("It has taken 60 min");
    Files.createFile(folder.resolve("go"));
    ended(firing);
    assertThat(told(1)).hasSize(1);
  }

  @Test
  void drifted_tableUnlikeTheGoldenOne_isTold() throws Exception {
    reading("r-5", "price,region\n1,north\n2,south\n");
    prove("r-5", Verdict.IDENTICAL);
    promote(new Promotion("r-5", Map.of(), List.of(), false, false, false, null));
    tell(List.of(HOOK), new AlertRule.IfDrifted(0.1));
    reading("r-6", "price,region\n2,south\n1,north\n");
    reproducer(successOf("r-6"));
    run();
    Thread.sleep(1500);
    assertThat(get("/api/jobs/daily/told", Alert[].class)).isEmpty();
    reading("r-7", "price,region\n1,north\n90,mars\n");
    reproducer(successOf("r-7"));
    run();
    Alert alert = told(1).get(0);
    assertThat(alert.subject()).isEqualTo("daily reads data that have drifted");
    assertThat(alert.text())
        .isEqualTo(
            "sales.csv: price: up to 90.0 rather than 2.0\n"
                + "sales.csv: region: the new value 'mars'");
  }

  /** Has the server take in a run that read this table. */
  private void reading(String run, String table) throws Exception {
    Digest digest = Digest.of(table);
    HttpRequest.Builder keep =
        request("/api/blobs/" + digest).PUT(HttpRequest.BodyPublishers.ofString(table));
    assertThat(send(keep).statusCode()).isLessThan(300);
    Data read = new Data(Data.Direction.READ, "/home/ada/sales.csv", table.length(), digest, null);
    post(
        new Recording(run.replace("r-", "s-"))
            .open(run)
            .start("read()")
            .end(new Outcome.Succeeded(), List.of(read), List.of(), List.of())
            .finish());
  }

  private static String successOf(String run) {
    return SUCCESS.replace(
        "\\\"timedOut\\\"", "\\\"run\\\":\\\"%s\\\",\\\"timedOut\\\"".formatted(run));
  }

  @Test
  void delivery_whileNobodyAnswers_isTriedUntilItArrives() throws Exception {
    reproducer(FAILURE);
    promote();
    tell(List.of(SLACK), new AlertRule.OnFailure());
    answer = 503;
    run();
    Alert waiting = get("/api/jobs/daily/told", Alert[].class)[0];
    while (waiting.problem() == null) {
      Thread.sleep(50);
      waiting = get("/api/jobs/daily/told", Alert[].class)[0];
    }
    assertThat(waiting.problem()).isEqualTo("the address in TEAM_HOOK answers 503");
    now = now.plus(Duration.ofMinutes(11));
    assertThat(get("/health").body()).contains("ailing", "an alert has waited since");
    answer = 200;
    now = now.plus(Duration.ofMinutes(30));
    assertThat(told(1).get(0).tries()).isGreaterThan(1);
    assertThat(get("/health").body()).contains("\"ok\"");
  }

  @Test
  void mail_whoseServerIsAwayForAnHour_arrivesWhenItIsBack() throws Exception {
    reproducer(FAILURE);
    promote();
    tell(List.of(MAIL), new AlertRule.OnFailure());
    int port = mail.getSmtp().getPort();
    mail.stop();
    run();
    assertThat(complained().problem())
        .isEqualTo("no mail server answers at 127.0.0.1:%d".formatted(port));
    for (int minutes = 0; minutes < 60; minutes += 10) {
      now = now.plus(Duration.ofMinutes(10));
      Thread.sleep(1_100);
    }
    GreenMail back = new GreenMail(new ServerSetup(port, "127.0.0.1", "smtp"));
    back.start();
    try {
      now = now.plus(Duration.ofMinutes(30)); // the longest pause
      assertThat(told(1).get(0).problem()).isNull();
      assertThat(back.getReceivedMessages()).hasSize(1);
    } finally {
      back.stop();
    }
  }

  @Test
  void delivery_putOffByAClockThatWasAhead_isTriedWhenItIsRightAgain() throws Exception {
    reproducer(FAILURE);
    promote();
    tell(List.of(SLACK), new AlertRule.OnFailure());
    answer = 503;
    now = now.plus(Duration.ofDays(1));
    run();
    complained();
    answer = 200;
    now = now.minus(Duration.ofDays(1));
    assertThat(told(1)).hasSize(1);
  }

  /** The one that did not arrive. */
  private Alert complained() throws Exception {
    Alert[] told = get("/api/jobs/daily/told", Alert[].class);
    while (told.length == 0 || told[0].problem() == null) {
      Thread.sleep(50);
      told = get("/api/jobs/daily/told", Alert[].class);
    }
    return told[0];
  }

  @Test
  void delivery_toAPlaceThatTheServerDoesNotKnow_saysWhatIsMissing() throws Exception {
    reproducer(FAILURE);
    promote();
    tell(List.of(new AlertChannel("slack:NOWHERE")), new AlertRule.OnFailure());
    run();
    Alert waiting = get("/api/jobs/daily/told", Alert[].class)[0];
    while (waiting.problem() == null) {
      Thread.sleep(50);
      waiting = get("/api/jobs/daily/told", Alert[].class)[0];
    }
    assertThat(waiting.problem()).contains("no environment variable NOWHERE");
  }

  @Test
  void ping_whileAllIsWell_tellsTheWorldOutside() throws Exception {
    assertThat(post("/ping")).isNotNull();
  }

  @Test
  void schedule_withoutOwnerAndAlert_isRefused() throws Exception {
    promote();
    ask("PUT", "/api/jobs/daily/alerts", JobAlerts.UNDECIDED, JobAlerts.class);
    Trigger noon = new Trigger.Cron("@daily", "UTC", List.of());
    HttpResponse<String> refused = send("POST", "/api/jobs/daily/triggers", noon);
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(title(refused)).contains("nobody would notice", "--owner", "--no-alerts");
    tell(List.of(MAIL), new AlertRule.OnFailure());
    assertThat(send("POST", "/api/jobs/daily/triggers", noon).statusCode()).isEqualTo(409);
    ask("PUT", "/api/jobs/daily/owner", Map.of("owner", "ada"), reprise.ledger.Job.class);
    assertThat(ask("POST", "/api/jobs/daily/triggers", noon, JobTrigger.class).next())
        .isEqualTo(Instant.parse("2026-11-23T00:00:00Z"));
  }

  @Test
  void alerts_placeThatIsNone_isRefused() throws Exception {
    promote();
    HttpResponse<String> refused =
        send(
            "PUT",
            "/api/jobs/daily/alerts",
            Map.of(
                "to", List.of("https://hooks.example.org/x"), "rules", List.of(), "none", false));
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(title(refused)).contains("is no place for alerts", "environment variable");
  }
}
