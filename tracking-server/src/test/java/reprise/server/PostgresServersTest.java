package reprise.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reprise.ledger.Attempt;
import reprise.ledger.AttemptStatus;
import reprise.ledger.Firing;
import reprise.ledger.FiringStatus;
import reprise.ledger.Home;
import reprise.ledger.JobPolicy.CatchUp;
import reprise.ledger.JobPolicy.Overlap;
import reprise.ledger.JobPolicy.WhilePaused;
import reprise.ledger.RunEvent;
import reprise.ledger.Trigger;
import reprise.server.db.Database;

/** What a database that several servers share adds: they share, and it may be away. */
@Timeout(120)
@Tag("database")
class PostgresServersTest extends JobTest {
  /** What PostgreSQL answers on a full disk; to fill one needs rights over the machine. */
  private static final String FILL =
      """
      CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$;
      CREATE TRIGGER no_room BEFORE INSERT ON run_event EXECUTE FUNCTION no_room();
      CREATE TRIGGER no_room BEFORE INSERT OR UPDATE ON firing EXECUTE FUNCTION no_room();
      CREATE TRIGGER no_room BEFORE INSERT OR UPDATE ON attempt EXECUTE FUNCTION no_room();
      """;

  /** Another server of the same database and files, with a home of its own. */
  private TrackingServer another(InstantSource clock) {
    Settings first = settings();
    return TrackingServer.start(
        new Settings(
            first.host(),
            0,
            new Home(folder.resolve("another home")),
            first.database(),
            first.files(),
            first.blobs(),
            first.replayCommand(),
            null,
            2,
            first.environment()),
        clock);
  }

  private static void assertEachIsDoneOnce(List<Firing> firings) {
    Set<Path> folders = new HashSet<>();
    for (Firing firing : firings) {
      assertThat(firing.status()).isEqualTo(FiringStatus.SUCCEEDED);
      assertThat(firing.attempts())
          .extracting(Attempt::status)
          .containsOnly(AttemptStatus.SUCCEEDED);
      firing.attempts().forEach(it -> folders.add(Path.of(it.attempt().value())));
    }
    assertThat(folders).hasSameSizeAs(firings);
  }

  @Test
  void times_twoServersLookAtOneClock_startTheJobOnceEach() throws Exception {
    promote();
    policy(policy(4, Overlap.QUEUE, CatchUp.ALL, WhilePaused.DROP, 1));
    Instant begin = now;
    try (TrackingServer other = another(() -> now)) {
      set(new Trigger.Every(1, begin));
      for (int second = 1; second <= 20; second++) {
        now = begin.plusSeconds(second);
        Thread.sleep(300);
      }
      assertEachIsDoneOnce(settled(20));
      assertThat(other.url()).isNotEqualTo(server.url());
    }
    assertThat(folder.resolve("server/attempts").toFile().list()).hasSize(20);
  }

  @Test
  void queue_twoServers_letsNoMoreBeAtWorkThanThePolicySays() throws Exception {
    Path atWork = Files.createDirectories(folder.resolve("at work"));
    reproducer(
        "touch '%s/'$$; ls '%s' | wc -l >> '%s'; sleep 0.3; rm '%s/'$$\n"
                .formatted(atWork, atWork, folder.resolve("seen"), atWork)
            + SUCCESS);
    promote();
    policy(policy(1, Overlap.QUEUE, CatchUp.ALL, WhilePaused.DROP, 1));
    try (TrackingServer other = another(() -> now)) {
      List<Firing> firings = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        firings.add(runNow(Map.of()));
      }
      for (Firing firing : firings) {
        ended(firing.firing());
      }
      assertEachIsDoneOnce(history());
      assertThat(other.url()).isNotEqualTo(server.url());
    }
    assertThat(Files.readAllLines(folder.resolve("seen")))
        .hasSize(12)
        .allSatisfy(line -> assertThat(line.strip()).isEqualTo("1"));
  }

  @Test
  void news_ofAnotherServer_reachWhoeverWatchesHere() throws Exception {
    promote();
    try (TrackingServer other = another(() -> now)) {
      Iterator<String> told = watch("");
      Thread.sleep(2500); // each looks once in two seconds whether there are others
      HttpRequest run =
          HttpRequest.newBuilder(URI.create(other.url() + "/api/jobs/daily/firings"))
              .header("Authorization", "Bearer " + TOKEN)
              .POST(HttpRequest.BodyPublishers.ofString("{}"))
              .build();
      assertThat(client.send(run, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
      String line = told.next();
      while (!line.startsWith("event: job")) {
        line = told.next();
      }
      assertThat(told.next()).isEqualTo("data: \"daily\"");
    }
  }

  @Test
  void database_awayWhileAnAttemptIsAtWork_endsItWhenItIsBack() throws Exception {
    reproducer("sleep 3\n" + SUCCESS);
    promote();
    Firing firing = runNow(Map.of());
    while (get("/api/firings/" + firing.firing(), Firing.class).attempts().get(0).startedAt()
        == null) {
      Thread.sleep(20);
    }
    PostgresServer.ofThisJvm().halt();
    HttpResponse<String> meanwhile = get("/api/jobs");
    assertThat(meanwhile.statusCode()).isEqualTo(503);
    assertThat(title(meanwhile)).contains("send again when it is back");
    Thread.sleep(4000); // it is done by now, and nobody can write that down
    PostgresServer.ofThisJvm().resume();
    assertEachIsDoneOnce(List.of(ended(firing.firing())));
    post(new Recording("s-7").open("r-7").cell("int n = 7;").finish());
    assertThat(get("/api/runs/r-7").statusCode()).isEqualTo(200);
  }

  @Test
  void disk_fullWhileAnAttemptIsAtWork_losesNothingAndEndsItWhenThereIsRoom() throws Exception {
    reproducer("sleep 2\n" + SUCCESS);
    promote();
    Recording recording = new Recording("s-8").open("r-8").start("print();");
    post(recording);
    Firing firing = runNow(Map.of());
    while (get("/api/firings/" + firing.firing(), Firing.class).attempts().get(0).startedAt()
        == null) {
      Thread.sleep(20);
    }
    Jdbi itself = Jdbi.create(database());
    itself.useHandle(handle -> handle.execute(FILL));
    HttpResponse<String> meanwhile = post(recording.show("more"), recording.events);
    assertThat(meanwhile.statusCode()).isEqualTo(507);
    assertThat(title(meanwhile)).contains("free some space and send again");
    assertThat(get("/api/jobs").statusCode()).isEqualTo(200);
    Thread.sleep(3000); // it is done by now, and there is no room to write that down
    assertThat(get("/api/firings/" + firing.firing(), Firing.class).status())
        .isEqualTo(FiringStatus.RUNNING);
    itself.useHandle(handle -> handle.execute("DROP FUNCTION no_room CASCADE"));
    assertEachIsDoneOnce(List.of(ended(firing.firing())));
    assertThat(post(recording, recording.events).statusCode()).isLessThan(300);
    assertThat(get("/api/sessions/s-8/events", RunEvent[].class))
        .containsExactlyElementsOf(recording.events);
  }

  @Test
  void start_serverThatIsNotThere_saysSoWithoutThePassword() {
    Settings usual = settings();
    Settings nowhere =
        new Settings(
            "127.0.0.1",
            0,
            new Home(folder.resolve("nowhere")),
            "jdbc:postgresql://127.0.0.1:1/reprise?password=sesame",
            folder.resolve("nowhere/files"),
            usual.blobs(),
            null,
            null,
            1,
            usual.environment());
    assertThatThrownBy(() -> start(nowhere))
        .hasMessageContaining("jdbc:postgresql://127.0.0.1:1/reprise cannot be used")
        .hasMessageNotContaining("sesame");
  }

  @Test
  void inTurn_transactionsOfOneTurn_areNeverUnderWayAtOnce() throws Exception {
    try (Database one = Database.open(database(), Map.of());
        Database two = Database.open(database(), Map.of())) {
      AtomicInteger underWay = new AtomicInteger();
      AtomicInteger most = new AtomicInteger();
      List<Thread> threads = new ArrayList<>();
      for (Database each : List.of(one, two, one, two)) {
        Thread thread = new Thread(() -> insist(each.inTurn("test"), underWay, most));
        thread.start();
        threads.add(thread);
      }
      CountDownLatch free = new CountDownLatch(1);
      one.inTurn("another")
          .useTransaction( // which nobody waits for
              handle -> {
                for (Thread thread : threads) {
                  thread.join();
                }
                free.countDown();
              });
      assertThat(free.await(1, TimeUnit.SECONDS)).isTrue();
      assertThat(most).hasValue(1);
    }
  }

  private static void insist(Jdbi jdbi, AtomicInteger underWay, AtomicInteger most) {
    for (int i = 0; i < 25; i++) {
      jdbi.useTransaction(
          handle -> {
            most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            handle.execute("SELECT pg_sleep(0.002)");
            underWay.decrementAndGet();
          });
    }
  }
}
