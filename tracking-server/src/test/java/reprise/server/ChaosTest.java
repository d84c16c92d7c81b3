package reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reprise.ledger.Attempt;
import reprise.ledger.AttemptStatus;
import reprise.ledger.Firing;
import reprise.ledger.FiringStatus;
import reprise.ledger.JobAlerts;
import reprise.ledger.JobPolicy;
import reprise.ledger.JobPolicy.CatchUp;
import reprise.ledger.JobPolicy.Overlap;
import reprise.ledger.JobPolicy.WhilePaused;
import reprise.ledger.Promotion;
import reprise.ledger.RunEvent;
import reprise.ledger.Wire;

/**
 * Attempts of a job while their servers and they themselves are killed without warning, again and
 * again: one server on SQLite, two on PostgreSQL. Nothing that was acknowledged is lost, and
 * nothing counts twice. {@code reprise.attempts} says how many; chance has a seed, which processes
 * it meets has none.
 */
@Timeout(900)
@Tag("database")
class ChaosTest {
  private static final int FIRINGS = Integer.getInteger("reprise.attempts", 40);
  private static final Duration LONGEST = Duration.ofSeconds(120L + 3L * FIRINGS);

  // No server that is killed more often finds out which attempts the one before it has lost.
  private static final Duration LET_LIVE = Duration.ofSeconds(15);

  // What the reproducer promises: it ends with its server, and leaves its result in one step.
  private static final String REPRODUCER =
      """
      #!/bin/sh
      exec 3<&0
      (cat <&3 > /dev/null; kill -9 $$) 2> /dev/null &
      echo $$ >> '%s'
      sleep 0.4
      id=$(sed 's/.*"attempt":"\\([^"]*\\)".*/\\1/' "$2/order.json")
      mkdir -p "$2/artifacts" && echo "$id" > "$2/artifacts/report.csv"
      echo "{\\"attempt\\":\\"$id\\",\\"succeeded\\":true,\\"timedOut\\":false,\\"artifacts\\":[]}" > "$2/half"
      mv "$2/half" "$2/result.json"
      """;

  @TempDir Path folder;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final List<@Nullable Child> servers = new ArrayList<>();
  private final Random chance = new Random(7);
  private String database = "";
  private int kills;
  private long serverKilled = System.nanoTime();

  /** A server process. */
  private record Child(Process process, URI url) {}

  @AfterEach
  void stop() {
    for (Child server : servers) {
      if (server != null) {
        server.process.destroyForcibly().onExit().join();
      }
    }
  }

  private Child server(int number) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            "reprise.server.Main",
            "--port",
            "0",
            "--verify",
            "off",
            "--workers",
            "4",
            "--home",
            folder.resolve("home" + number).toString(),
            "--files",
            folder.resolve("files").toString(),
            "--db",
            database,
            "--replay-command",
            folder.resolve("reproducer").toString());
    builder.environment().put("REPRISE_TOKEN", "open-sesame");
    builder.redirectError(
        ProcessBuilder.Redirect.appendTo(folder.resolve("said" + number).toFile()));
    Process process = builder.start();
    String line = process.inputReader().readLine();
    assertThat(line).as(Files.readString(folder.resolve("said" + number))).isNotNull();
    String entrance = line.substring("Reprise is at ".length());
    return new Child(process, URI.create(entrance).resolve("/"));
  }

  private void begin() throws Exception {
    database = TestDatabase.in(folder);
    Path reproducer = folder.resolve("reproducer");
    Files.writeString(reproducer, REPRODUCER.formatted(folder.resolve("pids")));
    Files.setPosixFilePermissions(reproducer, PosixFilePermissions.fromString("rwx------"));
    Files.createFile(folder.resolve("pids"));
    servers.add(server(0));
    Recording recording = new Recording("s-1").open("r-1").cell("int a = 1;").finish();
    ask("POST", "/api/sessions/s-1/events", Wire.write(recording.events.toArray(RunEvent[]::new)));
    Promotion promotion = new Promotion("r-1", Map.of(), List.of(), false, false, false, "a test");
    ask("POST", "/api/jobs/daily/versions", Wire.write(promotion));
    ask("PUT", "/api/jobs/daily/alerts", Wire.write(new JobAlerts(List.of(), List.of(), true)));
    JobPolicy policy =
        new JobPolicy(
            8, Overlap.QUEUE, CatchUp.ALL, 10, WhilePaused.KEEP, 1, 0, null, null, null, null);
    ask("PUT", "/api/jobs/daily/policy", Wire.write(policy));
    if (TestDatabase.isPostgres()) {
      servers.add(server(1));
    }
  }

  /** Asks one of the servers, and another one, until one of them has answered. */
  private String ask(String method, String path, @Nullable String body) throws Exception {
    for (int i = 0; ; i++) {
      Child server = servers.get(i % servers.size());
      try {
        HttpResponse<String> answer =
            client.send(
                HttpRequest.newBuilder(server.url.resolve(path))
                    .timeout(Duration.ofSeconds(20))
                    .header("Authorization", "Bearer open-sesame")
                    .method(
                        method,
                        body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                    .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() < 300) {
          return answer.body();
        }
        assertThat(answer.statusCode()).as(answer.body()).isGreaterThanOrEqualTo(500);
      } catch (IOException e) {
        // it is dead, and a new one comes
      }
      Thread.sleep(100);
    }
  }

  private void killSomething() throws Exception {
    List<Long> pids =
        Files.readAllLines(folder.resolve("pids")).stream().map(Long::valueOf).toList();
    List<ProcessHandle> children =
        pids.stream()
            .flatMap(pid -> ProcessHandle.of(pid).stream())
            .filter(this::isAtWork)
            .toList();
    boolean serverLived = System.nanoTime() - serverKilled > LET_LIVE.toNanos();
    if (!serverLived || (chance.nextInt(3) > 0 && !children.isEmpty())) {
      if (!children.isEmpty()) {
        children.get(chance.nextInt(children.size())).destroyForcibly();
        kills++;
      }
      return;
    }
    kills++;
    int number = chance.nextInt(servers.size());
    servers.get(number).process.destroyForcibly().waitFor();
    Thread.sleep(chance.nextInt(1500));
    servers.set(number, server(number));
    serverKilled = System.nanoTime();
  }

  private boolean isAtWork(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc/%d/cmdline".formatted(process.pid())))
          .contains(folder.resolve("reproducer").toString());
    } catch (IOException e) {
      return false; // it has just ended
    }
  }

  @Test
  void kill_anyProcessAtAnyMoment_losesNothingAndDoesNothingTwice() throws Exception {
    begin();
    Thread occasions =
        new Thread(
            () -> {
              try {
                for (int i = 0; i < FIRINGS; i++) {
                  ask("POST", "/api/jobs/daily/firings", "{\"key\":\"occasion-%d\"}".formatted(i));
                  Thread.sleep(150);
                }
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    occasions.start();
    long began = System.nanoTime();
    while (occasions.isAlive() || !firings().stream().allMatch(it -> it.status().isOver())) {
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(LONGEST);
      if (firings().stream().filter(it -> it.status().isOver()).count() < FIRINGS * 0.9) {
        killSomething();
      }
      Thread.sleep(500 + chance.nextInt(1000));
    }
    List<Firing> all = firings();
    System.out.printf(
        "%d firings, %d attempts, %d kills%n",
        all.size(), all.stream().mapToInt(it -> it.attempts().size()).sum(), kills);
    assertThat(kills).isGreaterThan(FIRINGS / 20);
    assertThat(all).hasSize(FIRINGS);
    for (Firing firing : all) {
      assertThat(firing.status()).as(Wire.write(firing)).isEqualTo(FiringStatus.SUCCEEDED);
      assertThat(firing.attempts())
          .filteredOn(it -> it.status() == AttemptStatus.SUCCEEDED)
          .hasSize(1)
          .allSatisfy(this::assertItsFilesAreThere);
      assertThat(firing.attempts())
          .allSatisfy(it -> assertThat(it.endedAt()).as(Wire.write(it)).isNotNull());
    }
    stop();
    TimeUnit.SECONDS.sleep(1);
    try (Stream<String> pids = Files.lines(folder.resolve("pids"))) {
      assertThat(pids.flatMap(it -> ProcessHandle.of(Long.parseLong(it)).stream()))
          .noneMatch(this::isAtWork);
    }
  }

  private void assertItsFilesAreThere(Attempt attempt) {
    assertThat(
            folder
                .resolve("files/attempts")
                .resolve(attempt.attempt().value())
                .resolve("artifacts/report.csv"))
        .hasContent(attempt.attempt().value());
  }

  private List<Firing> firings() throws Exception {
    return List.of(
        Wire.read(ask("GET", "/api/jobs/daily/firings?limit=500", null), Firing[].class));
  }
}
