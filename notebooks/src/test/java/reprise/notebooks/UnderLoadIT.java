package reprise.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.ledger.Home;
import reprise.ledger.Journal;
import reprise.ledger.Run;
import reprise.ledger.RunStatus;
import reprise.ledger.SessionId;
import reprise.ledger.Wire;

/** Much at once, and long away from the server. */
@Tag("any-jdk")
class UnderLoadIT extends WithProduct {
  private static final int CELLS = 30;
  private static final int MEBIBYTES = 160;

  @Test
  void run_fourAtOnceWhileTheServerIsKilledAndComesBack_allArriveWhole() throws Exception {
    try (Product busy = new Product(work.resolve("home"))) {
      busy.serve(0);
      List<Process> running = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        running.add(started(busy, Files.createDirectory(work.resolve("n" + i))));
      }
      awaitRuns(busy, 4);
      busy.killServer();
      TimeUnit.SECONDS.sleep(3);
      busy.serve(busy.port());
      String last = "";
      for (int i = 0; i < 4; i++) {
        assertThat(running.get(i).waitFor(3, TimeUnit.MINUTES)).isTrue();
        Path folder = work.resolve("n" + i);
        String id = Wire.JSON.readTree(folder.resolve("out.json").toFile()).path("run").asText();
        Run run = eventually(busy, id, RunStatus.SUCCEEDED);
        assertThat(run.history()).hasSize(CELLS);
        assertThat(run.notes()).isEmpty();
        Files.delete(folder.resolve("in.txt"));
        last = id;
      }
      assertIdentical(busy.reprise(work, "replay", last, "--json"));
    }
  }

  private static Process started(Product product, Path folder) throws IOException {
    Files.writeString(folder.resolve("in.txt"), folder.toString());
    String[] cells = new String[CELLS];
    for (int i = 0; i < CELLS; i++) {
      cells[i] =
          """
          import java.nio.file.*;
          int n%d = Files.readString(Path.of("in.txt")).length();
          Thread.sleep(200);
          Files.writeString(Path.of("out%d.txt"), "%d " + Math.random());
          n%d"""
              .formatted(i, i, i, i);
    }
    Notebooks.write(folder.resolve("n.ipynb"), cells);
    return product
        .builder(folder, List.of(Product.command(), "run", "n.ipynb", "--json"))
        .redirectOutput(folder.resolve("out.json").toFile())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static void awaitRuns(Product product, int count) throws Exception {
    long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    int there = 0;
    while (there < count) {
      assertThat(System.nanoTime()).as("%d runs are there", there).isLessThan(until);
      TimeUnit.MILLISECONDS.sleep(100);
      there = product.client().get("/api/runs", JsonNode.class).path("runs").size();
    }
  }

  @Test
  @Tag("long")
  void doctor_journalLargerThanItsMemory_isDeliveredWhole() throws Exception {
    Path home = work.resolve("home");
    try (Product away = new Product(home)) {
      away.with("REPRISE_URL", "http://127.0.0.1:1");
      Notebooks.write(
          work.resolve("n.ipynb"),
          "String text = \"0123456789abcdef\".repeat(1 << 16);",
          "for (int i = 0; i < %d; i++) display(text);".formatted(MEBIBYTES));
      Product.Said ran = away.reprise(work, "run", "n.ipynb", "--json");
      assertThat(ran.json().path("status").asText()).as(ran.err()).isEqualTo("SUCCEEDED");
      away.with("REPRISE_URL", product.client().server().toString());
      away.with("REPRISE_TOKEN", product.client().token());
      away.with("JAVA_TOOL_OPTIONS", "-Xmx128m");
      Product.Said doctor = away.reprise(work, "doctor");
      assertThat(doctor.out()).as(doctor.err()).contains("1 had news for the server");
    }
    Path journal = onlyJournal(home);
    SessionId session = Journal.session(journal).orElseThrow();
    assertThat(Files.size(journal)).isGreaterThan((long) MEBIBYTES << 20);
    try (Stream<String> lines = Files.lines(journal)) {
      assertThat(product.client().take(session, List.of())).isEqualTo(lines.count() + 1);
    }
  }

  private static Path onlyJournal(Path home) throws IOException {
    try (Stream<Path> journals = Files.list(new Home(home).journals())) {
      List<Path> all = journals.toList();
      assertThat(all).hasSize(1);
      return all.get(0);
    }
  }
}
