package reprise.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reprise.ledger.Attempt;
import reprise.ledger.AttemptStatus;
import reprise.ledger.Firing;
import reprise.ledger.FiringStatus;
import reprise.ledger.TrackingClient;
import reprise.ledger.Wire;
import reprise.server.PostgresServer;

/**
 * Occasions of a job while its servers, its reproducers and the JVMs of its cells are killed
 * without warning. Nothing that was acknowledged is lost, nothing counts twice. {@code
 * reprise.attempts} says how many; chance has a seed, which moments it meets has none.
 */
@Timeout(2400)
@Tag("any-jdk")
class ChaosIT {
  private static final int OCCASIONS = Integer.getInteger("reprise.attempts", 6);
  private static final int KILLS = Math.max(3, OCCASIONS / 5);
  // So many firings are over for each kill before the next: one that is killed five times is given
  // up, as is right. Eight are left for the last kills to meet.
  private static final int PACE = Math.max(1, (OCCASIONS - 8) / KILLS);
  private static final Duration LONGEST = Duration.ofSeconds(120L + 10L * OCCASIONS);

  @TempDir Path folder;
  private final List<Product> products = new ArrayList<>();
  private final Random chance = new Random(7);
  private final Set<ProcessHandle> children = ConcurrentHashMap.newKeySet();
  private String[] options = {};

  @AfterEach
  void close() {
    products.forEach(Product::close);
  }

  /** In short that of two servers, and {@link KilledJobsIT}, have what this has. */
  @Test
  @Tag("long")
  void kill_anyProcessOfOneServer_losesNothingAndDoesNothingTwice() throws Exception {
    serve(1, "--files", files().toString());
    passThroughChaos();
  }

  @Test
  @Tag("postgresql")
  void kill_anyProcessOfTwoServers_losesNothingAndDoesNothingTwice() throws Exception {
    try (PostgresServer postgres = PostgresServer.start()) {
      serve(2, "--db", postgres.database(), "--files", files().toString());
      passThroughChaos();
      close();
    }
  }

  private Path files() {
    return folder.resolve("files");
  }

  private void serve(int servers, String... more) throws IOException {
    options = more;
    for (int i = 0; i < servers; i++) {
      products.add(
          new Product(folder.resolve("home" + i))
              .with("REPRISE_TOKEN", "open-sesame")
              .serve(0, "off", options));
    }
  }

  private void passThroughChaos() throws Exception {
    NotebookJob job = new NotebookJob(products.get(0), folder, "report");
    job.promoted(
        job.recorded(
            "String occasion = \"none\";",
            "java.nio.file.Files.writeString(java.nio.file.Path.of(\"report.txt\"), occasion)"),
        "--no-alerts");
    job.set("--at-once", "4");
    List<TrackingClient> servers = products.stream().map(Product::client).toList();
    Thread caller = new Thread(() -> call(servers), "caller");
    caller.start();
    Iterator<Integer> kinds = chance.ints(0, 3).iterator();
    int kills = 0;
    long began = System.nanoTime();
    List<Firing> firings = List.of();
    while (firings.size() < OCCASIONS || !firings.stream().allMatch(it -> it.status().isOver())) {
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(LONGEST);
      Thread.sleep(500 + chance.nextInt(2500));
      if (kills < KILLS && over(firings) >= (long) kills * PACE) {
        // each kind comes first once, for a short round has no more
        kills += kill(kills < 3 ? kills : kinds.next()) ? 1 : 0;
      }
      firings = firings(servers);
    }
    caller.join();
    System.out.printf(
        "%d firings, %d attempts, %d kills, %d s%n",
        firings.size(),
        firings.stream().mapToInt(it -> it.attempts().size()).sum(),
        kills,
        Duration.ofNanos(System.nanoTime() - began).toSeconds());
    assertThat(kills).isEqualTo(KILLS);
    assertEachWasDoneOnce(firings);
    assertNobodyIsLeft();
  }

  /** Brings each occasion in, as often as it takes until a server acknowledges it. */
  private static void call(List<TrackingClient> servers) {
    for (int i = 0; i < OCCASIONS; i++) {
      String name = "occasion " + i;
      Map<String, Object> occasion = Map.of("key", name, "parameters", Map.of("occasion", name));
      ask(servers, it -> it.send("POST", "/api/jobs/report/firings", occasion, Firing.class));
    }
  }

  private static List<Firing> firings(List<TrackingClient> servers) {
    return List.of(
        ask(servers, it -> it.get("/api/jobs/report/firings?limit=500", Firing[].class)));
  }

  private static long over(List<Firing> firings) {
    return firings.stream().filter(it -> it.status().isOver()).count();
  }

  private interface Question<T> {
    T of(TrackingClient server) throws IOException;
  }

  /** Asks one of the servers, and another one, until one of them has answered. */
  private static <T> T ask(List<TrackingClient> servers, Question<T> question) {
    for (int i = 0; ; i++) {
      try {
        return question.of(servers.get(i % servers.size()));
      } catch (IOException e) {
        pause(); // it is dead, and comes back
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns whether there was one to be killed. */
  private boolean kill(int kind) throws Exception {
    Product product = products.get(chance.nextInt(products.size()));
    List<ProcessHandle> found = product.children();
    children.addAll(found);
    if (kind == 2) {
      int port = product.port();
      product.killServerAlone();
      Thread.sleep(chance.nextInt(1500));
      product.serve(port, "off", options);
      return true;
    }
    List<ProcessHandle> victims =
        found.stream().filter(it -> executesCells(it) == (kind == 0)).toList();
    return !victims.isEmpty() && victims.get(chance.nextInt(victims.size())).destroyForcibly();
  }

  private static boolean executesCells(ProcessHandle process) {
    return process.info().commandLine().orElse("").contains("headless.Main");
  }

  private void assertEachWasDoneOnce(List<Firing> firings) {
    assertThat(firings)
        .extracting(Firing::key)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, OCCASIONS).mapToObj(i -> "hand:occasion " + i).toList());
    for (Firing firing : firings) {
      String occasion = firing.parameters().get("occasion");
      assertThat(firing.status()).as(Wire.write(firing)).isEqualTo(FiringStatus.SUCCEEDED);
      assertThat(firing.attempts())
          .allSatisfy(it -> assertThat(it.endedAt()).as(Wire.write(it)).isNotNull())
          .filteredOn(it -> it.status() == AttemptStatus.SUCCEEDED)
          .hasSize(1)
          .allSatisfy(it -> assertThat(report(it)).hasContent(occasion));
    }
    assertThat(files().resolve("jobs/report/latest/report.txt")).exists();
  }

  private Path report(Attempt attempt) {
    return files()
        .resolve("attempts")
        .resolve(attempt.attempt().value())
        .resolve("artifacts/report.txt");
  }

  /** A process whose parent is gone may stay as one that nobody has buried. */
  private void assertNobodyIsLeft() throws Exception {
    close();
    for (int i = 0; i < 100 && !atWork().isEmpty(); i++) {
      pause();
    }
    assertThat(atWork()).isEmpty();
  }

  private Set<ProcessHandle> atWork() {
    return children.stream().filter(KilledJobsIT::isAtWork).collect(Collectors.toSet());
  }
}
