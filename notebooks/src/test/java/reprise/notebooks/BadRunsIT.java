package reprise.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reprise.ledger.Run;
import reprise.ledger.RunStatus;
import reprise.ledger.Wire;

/**
 * Runs that went wrong, whose needs are gone, or that somebody spoilt on their way: what can be
 * replayed is, and what cannot is refused in a sentence and leaves nothing behind. Of jars that are
 * nowhere {@link JarsIT} tells, of bytes that nobody kept {@link FilesIT} and {@link BundleIT}.
 */
@Tag("any-jdk")
class BadRunsIT extends WithProduct {
  private static final int COULD_NOT_RUN = 3;

  /** A machine that knows nothing of what is recorded here. */
  private static Product elsewhere;

  private static String failed;
  private static Path bundle;

  /** The run that all others are compared with, or made of: its second step failed. */
  @BeforeAll
  static void record() throws Exception {
    elsewhere = new Product(folder.resolve("elsewhere")).serve(0);
    Path room = Files.createDirectory(folder.resolve("recorded"));
    Files.writeString(room.resolve("in.csv"), SpoiltBundle.DATA);
    Notebooks.write(
        room.resolve("n.ipynb"),
        "String all = java.nio.file.Files.readString(java.nio.file.Path.of(\"in.csv\"));",
        "throw new IllegalStateException(all.length() + \" is not enough\");");
    Product.Said ran = product.reprise(room, "run", "n.ipynb", "--json");
    assertThat(ran.exitCode()).as(ran.err()).isEqualTo(1);
    failed = ran.json().path("run").asText();
    eventually(product, failed, RunStatus.FAILED);
    bundle = room.resolve("run.zip");
    Product.Said exported =
        product.reprise(room, "export", failed, "--as", "bundle", "-o", bundle.toString());
    assertThat(exported.exitCode()).as(exported.err()).isZero();
  }

  @AfterAll
  static void stopElsewhere() {
    elsewhere.close();
  }

  @Test
  void replay_failedStep_comparesTheFailureLikeAnyResult() throws Exception {
    Product.Said replayed = replayed(failed);
    assertIdentical(replayed);
    assertThat(replayed.exitCode()).isZero();
    assertThat(replayed.json().path("compared").asInt()).isEqualTo(2);
    assertThat(replayed.json().path("notCompared")).isEmpty();
    Run again = product.client().run(replayed.json().path("replay").asText());
    assertThat(again.history().get(1).outputs().toString()).contains("8 is not enough");
  }

  /** As if its machine had lost power: so far the journal had come onto the disk. */
  @Test
  void replay_noSteps_saysSoWhereverTheRunIs() throws Exception {
    Path journal =
        product.home().journals().resolve(product.client().run(failed).session() + ".jsonl");
    Files.write(
        Files.createDirectories(elsewhere.home().journals()).resolve(journal.getFileName()),
        Files.readAllLines(journal).subList(0, 2));
    elsewhere.reprise(work, "doctor"); // which brings journals to the server
    try {
      assertThat(eventually(elsewhere, failed, RunStatus.INTERRUPTED).history()).isEmpty();
      assertNotRun(elsewhere.reprise(work, "replay", failed, "--json"), "The run has no step");
      assertThat(elsewhere.reprise(work, "export", failed, "--as", "bundle", "-o", "none.zip"))
          .returns(0, Product.Said::exitCode);
      assertNotRun(
          elsewhere.reprise(work, "replay", "./none.zip", "--json"), "The run has no step");
      Product.Said explained = elsewhere.reprise(work, "explain", failed, "--json");
      assertThat(explained.exitCode()).isEqualTo(COULD_NOT_RUN);
      assertThat(explained.out()).isEmpty();
      assertThat(explained.err()).contains("The run has no step", "run the notebook again.");
    } finally {
      Files.deleteIfExists(elsewhere.home().journals().resolve(journal.getFileName()));
    }
  }

  @Test
  @Tag("long")
  void replay_kernelKilledInTheMiddleOfACell_comparesWhatHadEnded() throws Exception {
    Notebooks.write(
        work.resolve("n.ipynb"),
        "int done = 1;\ndone",
        "java.nio.file.Files.createFile(java.nio.file.Path.of(\"begun\"));\nThread.sleep(600_000);");
    Process command =
        product
            .builder(work, List.of(Product.command(), "run", "n.ipynb"))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    while (Files.notExists(work.resolve("begun"))) {
      assertThat(command.isAlive()).isTrue();
      Thread.sleep(50);
    }
    Stream.concat(Stream.of(command.toHandle()), command.descendants())
        .toList()
        .forEach(ProcessHandle::destroyForcibly);
    String id = product.client().run("@latest").run().value();
    eventually(product, id, RunStatus.INTERRUPTED);
    Product.Said replayed = replayed(id);
    assertIdentical(replayed);
    assertThat(replayed.json().path("compared").asInt()).isEqualTo(1);
    assertThat(replayed.json().path("notCompared"))
        .extracting(JsonNode::asText)
        .containsExactly(
            "step 2: its kernel ended in the middle of it, so it was not executed again");
  }

  @Test
  @Tag("long")
  @Tag("jupyter")
  void replay_cellInterruptedByHand_isLeftOutAndTheRestIsCompared() throws Exception {
    WithKernel.install();
    String id =
        played(
            "reprise-java",
            "System.out.println(\"interrupt me\");\nThread.sleep(600_000);",
            "int a = 1;",
            "a + 1");
    Product.Said replayed = replayed(id);
    assertIdentical(replayed);
    assertThat(replayed.json().path("compared").asInt()).isEqualTo(2);
    assertThat(replayed.json().path("notCompared"))
        .extracting(JsonNode::asText)
        .containsExactly("step 1: it was stopped by hand, so it was not executed again");
    assertNotRun(
        product.reprise(work, "replay", id, "--to", "1", "--json"),
        "No step of the run came to its end");
  }

  /** To this kernel a magic that it does not have is Java that does not compile. */
  @Test
  @Tag("long")
  @Tag("jupyter")
  void replay_unknownMagicsOfAForeignKernel_isIdenticalButForItsWords() throws Exception {
    WithKernel.lookForKernelsHere();
    OtherKernels kernels = new OtherKernels(folder.resolve("share/jupyter"));
    kernels.install(
        "foreign",
        Map.of(),
        List.of(
            System.getProperty("java.home") + "/bin/java",
            "-cp",
            kernels.compiled("jjava"),
            "small.Kernel",
            "{connection_file}"));
    assertThat(
            product.reprise(folder, "kernel", "attach", "foreign", "--prefix", folder.toString()))
        .returns(0, Product.Said::exitCode);
    String id =
        played("foreign-recorded", "int a = 1;", "%whatisthis x", "%%unknown\nsome text", "a + 1");
    Product.Said replayed = replayed(id);
    assertIdentical(replayed);
    assertThat(replayed.json().path("compared").asInt()).isEqualTo(4);
    assertThat(replayed.json().path("notCompared"))
        .extracting(JsonNode::asText)
        .contains(
            "step 2: its error, for each kernel says in its own way what is no magic to it",
            "step 3: its error, for each kernel says in its own way what is no magic to it");
  }

  /** Plays cells as Jupyter does; returns the run's id once its session has ended. */
  private String played(String kernel, String... cells) throws Exception {
    String notebook = work.resolve("n.ipynb").toString();
    Product.Said played =
        WithKernel.python("attached_kernel.py", kernel, notebook, Wire.write(List.of(cells)));
    assertThat(played.exitCode()).as(played.err()).isZero();
    String id = product.client().run("@latest").run().value();
    eventually(product, id, RunStatus.FAILED);
    return id;
  }

  @Test
  @Tag("long")
  void replay_jdkNowhere_saysWhichWasUsedInstead() throws Exception {
    String vendor = System.getProperty("java.vendor");
    String nobody = new StringBuilder(vendor).reverse().toString();
    Path jdk = jdkOf(nobody);
    Notebooks.write(work.resolve("n.ipynb"), "1 + 1");
    Product.Said ran;
    try (Product then = new Product(folder.resolve("home"))) {
      product.variables().forEach(then::with);
      ran = then.with("JAVA_HOME", jdk.toString()).reprise(work, "run", "n.ipynb", "--json");
    }
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    String id = ran.json().path("run").asText();
    assertThat(product.client().run(id).environment().jdk().vendor()).isEqualTo(nobody);
    assertThat(product.run(work, List.of("rm", "-r", jdk.toString())).exitCode()).isZero();
    Product.Said replayed = replayed(id);
    assertIdentical(replayed);
    String version = System.getProperty("java.version");
    assertThat(replayed.json().path("notCompared"))
        .extracting(JsonNode::asText)
        .containsExactly(
            "the JDK: %s of %s is not installed, so %s of %s was used"
                .formatted(version, nobody, version, vendor));
  }

  /** The JDK of this test as somebody else might have built it. */
  private Path jdkOf(String vendor) throws Exception {
    Path jdk = copyOfTheJdk();
    String rename =
        "LC_ALL=C sed -i 's/%s/%s/g' release lib/modules && rm -f lib/server/*.jsa"
            .formatted(System.getProperty("java.vendor"), vendor);
    assertThat(product.run(jdk, List.of("sh", "-c", rename)).exitCode()).isZero();
    return jdk;
  }

  @ParameterizedTest
  @EnumSource
  void import_spoiltBundle_isRefusedInOneSentenceAndNothingIsTaken(SpoiltBundle spoilt)
      throws Exception {
    Files.write(work.resolve("run.zip"), spoilt.of(bundle));
    List<String> before = kept();
    assertRefused(elsewhere.reprise(work, "import", "run.zip", "--json"), spoilt);
    assertRefused(elsewhere.reprise(work, "replay", "run.zip", "--json"), spoilt);
    assertThat(kept()).isEqualTo(before);
    assertThat(work.toFile().list()).containsExactly("run.zip");
  }

  private static void assertRefused(Product.Said said, SpoiltBundle spoilt) {
    assertThat(said.err())
        .hasLineCount(1)
        .startsWith("run.zip ")
        .contains(spoilt.says())
        .contains("; ")
        .endsWith(".\n");
    assertThat(said.out()).isEmpty();
    assertThat(said.exitCode()).isEqualTo(COULD_NOT_RUN);
  }

  @Test
  void export_spoiltBundle_writesNothing() throws Exception {
    Files.write(work.resolve("run.zip"), SpoiltBundle.BYTE_OF_THE_DATA_CHANGED.of(bundle));
    Product.Said said =
        elsewhere.reprise(work, "export", "run.zip", "--as", "notebook", "-o", "n.ipynb", "--json");
    assertRefused(said, SpoiltBundle.BYTE_OF_THE_DATA_CHANGED);
    assertThat(work.toFile().list()).containsExactly("run.zip");
  }

  @Test
  @Tag("long")
  void import_moreEntriesThanMemoryHasRoomFor_saysWhatToDo() throws Exception {
    Files.write(work.resolve("run.zip"), SpoiltBundle.MANY_ENTRIES.of(bundle));
    try (Product small = new Product(folder.resolve("elsewhere"))) {
      elsewhere.variables().forEach(small::with);
      small.with("JAVA_TOOL_OPTIONS", "-Xmx20m");
      List<String> before = kept();
      Product.Said said = small.reprise(work, "import", "run.zip", "--json");
      assertThat(said.err().lines().skip(1)) // the JVM's own, on its options
          .singleElement()
          .asString()
          .contains("more memory", "-Xmx4g");
      assertThat(said.exitCode()).isEqualTo(COULD_NOT_RUN);
      assertThat(kept()).isEqualTo(before);
    }
  }

  /** One JSON object on stdout, and the reason in it on stderr too. */
  private static void assertNotRun(Product.Said said, String why) {
    assertThat(said.out()).hasLineCount(1);
    assertThat(said.json().path("verdict").asText()).isEqualTo("NOT_RUN");
    assertThat(said.json().path("why").asText()).startsWith(why).contains("run the notebook again");
    assertThat(said.err().lines()).contains(said.json().path("why").asText());
    assertThat(said.exitCode()).isEqualTo(COULD_NOT_RUN);
  }

  /** All that the other machine has of runs: what its server tells, and each file in its home. */
  private static List<String> kept() throws IOException {
    Path home = elsewhere.home().root();
    try (Stream<Path> all = Files.walk(home)) {
      return Stream.concat(
              Stream.of(elsewhere.client().get("/api/runs?limit=100", JsonNode.class).toString()),
              all.map(path -> home.relativize(path).toString())
                  .filter(path -> !path.startsWith("server/reprise.db"))
                  .sorted())
          .toList();
    }
  }
}
