package reprise.notebooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reprise.ledger.Data;
import reprise.ledger.Digest;
import reprise.ledger.Outcome;
import reprise.ledger.Output;
import reprise.ledger.Run;
import reprise.ledger.RunStatus;
import reprise.ledger.Step;
import reprise.ledger.TrackingClient;

/** What goes wrong in life: each gets one sentence, the right exit code, and loses nothing. */
@Tag("any-jdk")
class FaultsIT extends WithProduct {
  private static final int COULD_NOT_RUN = 3;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no notebook at all|is not a Jupyter notebook",
        "{\"nbformat\": 4, \"metadata\": {\"kernelspec\": {\"language\": \"python\"}}, \"cells\": []}|is a notebook for python",
        "{\"nbformat\": 4, \"metadata\": {}, \"cells\": []}|has no code to execute"
      })
  void run_nothingThatJavaCouldExecute_saysWhyInOneSentence(String content, String why)
      throws Exception {
    Path file = Files.writeString(work.resolve("n.ipynb"), content);
    Product.Said said = product.reprise(work, "run", file.toString(), "--json");
    assertThat(said.exitCode()).isEqualTo(COULD_NOT_RUN);
    assertThat(said.out()).isEmpty();
    assertThat(said.err().strip()).contains(why).doesNotContain("\n");
  }

  @Test
  void show_unknownRunOrAmbiguousPrefix_saysWhatToDo() throws Exception {
    Notebooks.write(work.resolve("n.ipynb"), "1");
    product.reprise(work, "run", "n.ipynb");
    product.reprise(work, "run", "n.ipynb");
    Product.Said unknown = product.reprise(work, "show", "r-zzzz");
    assertThat(unknown.exitCode()).isEqualTo(COULD_NOT_RUN);
    assertThat(unknown.err().strip()).contains("r-zzzz").doesNotContain("\n");
    Product.Said ambiguous = product.reprise(work, "replay", "r-");
    assertThat(ambiguous.exitCode()).isEqualTo(COULD_NOT_RUN);
    assertThat(ambiguous.err()).contains("r-");
    assertThat(product.reprise(work, "nonsense").exitCode()).isEqualTo(2);
  }

  @Test
  void run_serverAway_isKeptAndDeliveredLater() throws Exception {
    Notebooks.write(work.resolve("n.ipynb"), "int kept = 1;\nkept");
    try (Product away = new Product(work.resolve("home"))) {
      away.with("REPRISE_URL", "http://127.0.0.1:1");
      Product.Said ran = away.reprise(work, "run", "n.ipynb", "--json");
      assertThat(ran.json().path("status").asText()).isEqualTo("SUCCEEDED");
      Product.Said asked = away.reprise(work, "replay", ran.json().path("run").asText());
      assertThat(asked.exitCode()).isEqualTo(COULD_NOT_RUN);
      assertThat(asked.err()).contains("start one with 'reprise server'");
      away.serve(0);
      Run run = eventually(away, ran.json().path("run").asText(), RunStatus.SUCCEEDED);
      assertThat(run.history()).hasSize(1);
    }
  }

  @Test
  void replay_inputRemovedWhileTheServerWasAway_isIdentical() throws Exception {
    Path in = Files.writeString(work.resolve("in.txt"), "only here");
    Notebooks.write(
        work.resolve("n.ipynb"), "import java.nio.file.*;\nFiles.readString(Path.of(\"in.txt\"))");
    try (Product away = new Product(work.resolve("home"))) {
      away.with("REPRISE_URL", "http://127.0.0.1:1");
      Product.Said ran = away.reprise(work, "run", "n.ipynb", "--json");
      Files.delete(in);
      away.serve(0);
      String id = ran.json().path("run").asText();
      eventually(away, id, RunStatus.SUCCEEDED);
      Product.Said replayed = away.reprise(work, "replay", id, "--json");
      assertThat(replayed.json().path("verdict").asText())
          .as(replayed.out() + replayed.err())
          .isEqualTo("IDENTICAL");
    }
  }

  @Test
  @Tag("long")
  void replay_jarOfTheNotebooksOwnRemoved_isIdentical() throws Exception {
    Path jar = work.resolve("lib/own.jar");
    Files.createDirectories(work.resolve("lib"));
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new ZipEntry("greeting.txt"));
      out.write("hello".getBytes(UTF_8));
    }
    Notebooks.write(
        work.resolve("n.ipynb"),
        "%jars lib/*.jar",
        "var loader = Thread.currentThread().getContextClassLoader();\n"
            + "new String(loader.getResourceAsStream(\"greeting.txt\").readAllBytes())");
    Product.Said ran = product.reprise(work, "run", "n.ipynb", "--json");
    assertThat(ran.json().path("status").asText()).as(ran.out()).isEqualTo("SUCCEEDED");
    Files.delete(jar);
    Product.Said replayed = replayed(ran.json().path("run").asText());
    assertThat(replayed.json().path("verdict").asText())
        .as(replayed.out() + replayed.err())
        .isEqualTo("IDENTICAL");
  }

  @Test
  @Tag("long")
  void replay_moreTextThanStandsInTheJournal_isIdentical() throws Exception {
    String id = ran("for (int i = 0; i < 300_000; i++) System.out.println(\"line \" + i);");
    Product.Said replayed = replayed(id);
    assertIdentical(replayed);
  }

  @Test
  @Tag("long")
  void run_inputLargeEnoughToBeUploadedForAWhile_countsForTheCellThatReadItOnly() throws Exception {
    Files.write(work.resolve("large.bin"), new byte[200_000_000]);
    String id =
        ran(
            "import java.nio.file.*;\nFiles.size(Path.of(\"large.bin\")) + Files.readAllBytes(Path.of(\"large.bin\")).length",
            "Thread.sleep(1_500);",
            "Thread.sleep(1_500);");
    Run run = product.client().run(id);
    assertThat(run.history().get(0).data()).hasSize(1);
    assertThat(run.history().get(1).data()).isEmpty();
    assertThat(run.history().get(2).data()).isEmpty();
  }

  @Test
  @Tag("long")
  void run_threadOutlivesItsCell_whatItReadsStandsWithThatCell() throws Exception {
    Files.writeString(work.resolve("late.txt"), "read late");
    String id =
        ran(
            "import java.nio.file.*;\n"
                + "var go = new CountDownLatch(1);\nvar done = new CountDownLatch(1);\n"
                + "new Thread(() -> { try { go.await(); Files.readString(Path.of(\"late.txt\")); } "
                + "catch (Exception e) { } done.countDown(); }).start();",
            "go.countDown();\ndone.await();",
            "1");
    Run run = product.client().run(id);
    assertThat(run.history().get(0).data()).extracting(Data::size).containsExactly(9L);
    assertThat(run.history().get(1).data()).isEmpty();
  }

  @Test
  void replay_linesTypedByAPerson_areAnsweredAsTheyWere() throws Exception {
    String id =
        ran(
            "Scanner scanner = new Scanner(System.in);\nscanner.hasNextLine() ? scanner.nextLine() : \"nobody\"");
    Product.Said replayed = replayed(id);
    assertThat(replayed.json().path("divergences")).as(replayed.out()).isEmpty();
  }

  @Test
  void runs_wrongToken_saysWhereTheTokenIs() throws Exception {
    try (Product stranger = new Product(work.resolve("home"))) {
      stranger.with("REPRISE_URL", "http://127.0.0.1:" + product.port());
      stranger.with("REPRISE_TOKEN", "wrong");
      Product.Said said = stranger.reprise(work, "runs");
      assertThat(said.exitCode()).isEqualTo(COULD_NOT_RUN);
      assertThat(said.err().strip()).contains("token").doesNotContain("\n");
    }
  }

  @Test
  void server_portTaken_saysSo() throws Exception {
    try (ServerSocket taken = new ServerSocket(0);
        Product second = new Product(work.resolve("home"))) {
      Product.Said said =
          second.reprise(work, "server", "--port", String.valueOf(taken.getLocalPort()));
      assertThat(said.exitCode()).isEqualTo(COULD_NOT_RUN);
      assertThat(said.err().strip()).contains(String.valueOf(taken.getLocalPort()));
    }
  }

  /** Nobody, not even root, may write there. */
  @Test
  void run_homeThatCannotBeWritten_saysSoAndDoctorToo() throws Exception {
    Notebooks.write(work.resolve("n.ipynb"), "1 + 1");
    try (Product readOnly = new Product(Path.of("/proc/reprise"))) {
      Product.Said ran = readOnly.reprise(work, "run", "n.ipynb");
      assertThat(ran.exitCode()).isEqualTo(COULD_NOT_RUN);
      assertThat(ran.err()).contains("/proc/reprise cannot be written to", "set REPRISE_HOME");
      Product.Said doctor = readOnly.reprise(work, "doctor");
      assertThat(doctor.out()).contains("wrong home: /proc/reprise cannot be written");
    }
  }

  /** A limit on file sizes fails a write just as a full disk does, and needs no disk to fill. */
  @Test
  void run_diskFullWhileRecording_finishesTheNotebookAndKeepsWhatWasRecorded() throws Exception {
    Notebooks.write(
        work.resolve("n.ipynb"),
        "int before = 1;",
        "for (int i = 0; i < 60_000; i++) System.out.println(\"line \" + i);",
        "int after = before + 1;\nafter");
    Product.Said said =
        product.run(
            work,
            List.of(
                "bash", "-c", "ulimit -f 300; exec " + Product.command() + " run n.ipynb --json"));
    assertThat(said.out()).as(said.err()).contains("\"run\"");
    String id = said.json().path("run").asText();
    Run run = product.client().run(id);
    assertThat(run.history().get(0).outcome()).isEqualTo(new Outcome.Succeeded());
    assertThat(run.history()).extracting(Step::source).contains("int before = 1;");
    assertThat(run.notes()).anyMatch(note -> note.contains("could not record"));
  }

  /** The kernel dies, and whoever started it has no room to write down that it did. */
  @Test
  void run_diskFullAsTheKernelDies_saysHowFarItWasRecorded() throws Exception {
    Notebooks.write(
        work.resolve("n.ipynb"),
        "int before = 1;",
        """
        long parent = ProcessHandle.current().parent().orElseThrow().pid();
        new ProcessBuilder("prlimit", "--fsize=1", "--pid", "" + parent).start().waitFor();
        Runtime.getRuntime().halt(1);""");
    try (Product alone = new Product(folder.resolve("alone"))) { // a server might write it down
      String run = Product.command() + " run n.ipynb --json | cat"; // what it says is no file
      Product.Said said = alone.run(work, List.of("bash", "-c", run));
      assertThat(said.out()).as(said.err()).contains("\"status\":\"INTERRUPTED\"");
    }
  }

  @Test
  @Tag("long")
  void run_cellPrints200Megabytes_isShownInPartAndKeptWhole() throws Exception {
    Notebooks.write(
        work.resolve("n.ipynb"),
        "String line = \"0123456789\".repeat(10);\n"
            + "for (int i = 0; i < 2_000_000; i++) System.out.println(line);");
    Product.Said said = product.reprise(work, "run", "n.ipynb", "--json");
    assertThat(said.json().path("status").asText()).as(said.err()).isEqualTo("SUCCEEDED");
    Run run = product.client().run(said.json().path("run").asText());
    List<Output> outputs = run.history().get(0).outputs();
    Output.StreamRest rest =
        outputs.stream()
            .filter(Output.StreamRest.class::isInstance)
            .map(Output.StreamRest.class::cast)
            .findFirst()
            .orElseThrow();
    long shown =
        outputs.stream()
            .filter(Output.Stream.class::isInstance)
            .mapToLong(output -> ((Output.Stream) output).text().length())
            .sum();
    assertThat(shown + rest.size()).isEqualTo(2_000_000L * 101);
    try (InputStream bytes = product.client().blob(rest.digest())) {
      assertThat(Digest.copying(bytes, java.io.OutputStream.nullOutputStream()))
          .isEqualTo(rest.digest());
    }
  }

  @Test
  void run_killedInTheMiddleOfACell_isInterruptedWithAllThatWasBefore() throws Exception {
    Notebooks.write(
        work.resolve("n.ipynb"),
        "int done = 1;\ndone",
        "System.out.println(\"begun\");\nThread.sleep(600_000);");
    Process command =
        product
            .builder(work, List.of(Product.command(), "run", "n.ipynb"))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String id = runThatPrinted("begun");
    List<ProcessHandle> all =
        Stream.concat(Stream.of(command.toHandle()), command.descendants()).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    Run run = eventually(product, id, RunStatus.INTERRUPTED);
    assertThat(run.history()).hasSize(2);
    assertThat(run.history().get(0).outcome()).isEqualTo(new Outcome.Succeeded());
    assertThat(run.history().get(1).outputs())
        .containsExactly(new Output.Stream("stdout", "begun\n"));
  }

  @Test
  void run_cellExitsTheJvm_isRecordedToItsEnd() throws Exception {
    Notebooks.write(
        work.resolve("n.ipynb"), "System.out.println(\"last words\");\nSystem.exit(7);", "never");
    Product.Said said = product.reprise(work, "run", "n.ipynb", "--json");
    Run run = product.client().run(said.json().path("run").asText());
    assertThat(run.status()).isEqualTo(RunStatus.INTERRUPTED);
    assertThat(run.history().get(0).outcome()).isEqualTo(new Outcome.Exited());
    assertThat(run.history().get(0).outputs())
        .containsExactly(new Output.Stream("stdout", "last words\n"));
  }

  @Test
  @Tag("long")
  void replay_bytesGoneFromTheServer_isNotRunAndNamesTheFile() throws Exception {
    Files.writeString(work.resolve("in.txt"), "only once " + work);
    String id = ran("import java.nio.file.*;\nFiles.readString(Path.of(\"in.txt\"))");
    String hex = Digest.of(work.resolve("in.txt")).hex();
    Files.delete(work.resolve("in.txt")); // else the server's sweep would take it in again
    Files.delete(
        product.home().server().resolve("blobs").resolve(hex.substring(0, 2)).resolve(hex));
    Product.Said replayed = replayed(id);
    assertThat(replayed.exitCode()).isEqualTo(COULD_NOT_RUN);
    assertThat(replayed.json().path("verdict").asText()).isEqualTo("NOT_RUN");
    assertThat(replayed.json().path("why").asText()).contains("in.txt");
  }

  @Test
  @Tag("long")
  void replay_absolutePathsMovesAndDeletes_neverTouchTheRealFiles() throws Exception {
    Path in = Files.writeString(work.resolve("in.txt"), "recorded");
    String id =
        ran(
            "import java.nio.file.*;\nPath in = Path.of(\"%s\");\nString text = Files.readString(in);"
                .formatted(in),
            "Files.writeString(Path.of(\"%s/made.txt\"), text + \"!\");".formatted(work),
            "Files.move(in, Path.of(\"moved.txt\"));\nnew File(\"made.txt\").delete()",
            "Files.readString(Path.of(\"moved.txt\")) + Files.exists(in)");
    Files.writeString(in, "changed since");
    Files.writeString(work.resolve("made.txt"), "somebody else's");
    Files.writeString(work.resolve("moved.txt"), "somebody else's too");
    Product.Said replayed = replayed(id);
    assertIdentical(replayed);
    assertThat(in).hasContent("changed since");
    assertThat(work.resolve("made.txt")).hasContent("somebody else's");
    assertThat(work.resolve("moved.txt")).hasContent("somebody else's too");
    assertThat(product.home().root().resolve("replays")).isEmptyDirectory();
  }

  private static String runThatPrinted(String text) throws Exception {
    Instant end = Instant.now().plus(Duration.ofSeconds(60));
    while (Instant.now().isBefore(end)) {
      try {
        Run latest = product.client().run("@latest");
        boolean printed =
            latest.history().stream()
                .flatMap(step -> step.outputs().stream())
                .anyMatch(
                    output ->
                        output instanceof Output.Stream stream && stream.text().contains(text));
        if (printed && latest.status() == RunStatus.RUNNING) {
          return latest.run().value();
        }
      } catch (TrackingClient.Refused e) {
        // no run yet
      }
      Thread.sleep(100);
    }
    throw new AssertionError("no run printed " + text);
  }
}
