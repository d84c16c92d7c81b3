package reprise.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A replay takes no more of the machine than it is given, and leaves nothing behind. */
@Tag("any-jdk")
class GuardIT extends WithProduct {
  /** Only in a replay, which has a folder of its own for temporary files. */
  private static final String HANGING =
      """
      if (System.getProperty("java.io.tmpdir").contains("replays")) {
        new ProcessBuilder("sleep", "%s").start();
        Thread.sleep(200_000);
      }""";

  @Test
  void replay_longerThanItMay_isStoppedWithWhatItStarted() throws Exception {
    String child = "4242.25";
    String id = ran(HANGING.formatted(child));
    Product.Said stopped = replayed(id, "--timeout", "8s");
    assertThat(verdict(stopped)).isEqualTo("NOT_RUN");
    assertThat(stopped.exitCode()).isEqualTo(3);
    assertThat(stopped.json().path("why").asText()).contains("after 8s").contains("--timeout");
    assertEnds(child);
    assertEnds(folder.resolve("home/replays").toString());
  }

  @Test
  void replay_reproducerKilled_endsWithWhatItStarted() throws Exception {
    String child = "4343.75";
    String id = ran(HANGING.formatted(child));
    Process reproducer =
        product
            .builder(folder, List.of(Product.command(), "replay", id, "--json"))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    Instant end = Instant.now().plus(Duration.ofSeconds(60));
    while (running(child).isEmpty() && Instant.now().isBefore(end)) {
      Thread.sleep(100);
    }
    List<ProcessHandle> family = reproducer.descendants().toList();
    assertThat(running(child)).isNotEmpty();
    assertThat(family).hasSizeGreaterThanOrEqualTo(2);
    reproducer.destroyForcibly().waitFor();
    assertEnds(child);
    end = Instant.now().plus(Duration.ofSeconds(15));
    while (family.stream().anyMatch(ProcessHandle::isAlive) && Instant.now().isBefore(end)) {
      Thread.sleep(100);
    }
    assertThat(family).noneMatch(ProcessHandle::isAlive);
  }

  @Test
  @Tag("long")
  void replay_lessMemoryThanItNeeds_saysWhichLimitItWas() throws Exception {
    String id =
        ran(
            "var all = new ArrayList<byte[]>();\nfor (int i = 0; i < 160; i++) all.add(new byte[1 << 20]);\nall.size()");
    assertIdentical(replayed(id, "--memory", "400m"));
    Product.Said poor = replayed(id, "--memory", "100m");
    assertThat(verdict(poor)).as(poor.out()).isEqualTo("NOT_RUN");
    assertThat(poor.json().path("why").asText()).contains("heap of 100m").contains("--memory");
  }

  @Test
  @Tag("long")
  void replay_otherProcessors_areSeenAndSaid() throws Exception {
    String id = ran("Runtime.getRuntime().availableProcessors()");
    assertIdentical(replayed(id));
    Product.Said replayed = replayed(id, "--cpus", "7");
    assertThat(verdict(replayed)).isEqualTo("DIVERGED");
    assertThat(replayed.json().path("altered").toString()).contains("the processors were 7");
    for (String wrong : List.of("--memory=much", "--timeout=soon", "--cpus=0")) {
      assertThat(replayed(id, wrong).exitCode()).isEqualTo(2);
    }
  }

  @Test
  void replay_kept_repeatsWithoutAServer() throws Exception {
    Files.writeString(work.resolve("in.txt"), "1");
    String id =
        ran(
            """
            import java.nio.file.*;
            String read = Files.readString(Path.of("in.txt"));
            Files.writeString(Path.of("out.txt"), read + new Random().nextInt())""");
    Path kept = work.resolve("kept");
    Path real = work.toRealPath();
    assertIdentical(replayed(id, "--keep", kept.toString()));
    Path written = real.getRoot().relativize(real.resolve("out.txt"));
    assertThat(kept.resolve("workspace/files").resolve(written)).exists();
    assertThat(kept.resolve("README.md")).content().contains("./run.sh");
    Files.delete(work.resolve("in.txt"));
    try (Product alone = new Product(work.resolve("elsewhere"))) {
      assertIdentical(alone.run(work, List.of(kept.resolve("run.sh").toString(), "--json")));
    }
    Product.Said again = replayed(id, "--keep", kept.toString());
    assertThat(again.exitCode()).isEqualTo(2);
    assertThat(again.err()).contains("not empty");
  }

  @Test
  void replay_writingByEveryWay_staysInItsWorkspace() throws Exception {
    Files.writeString(work.resolve("in.txt"), "original");
    Files.createDirectories(work.resolve("sub"));
    String imports = "import java.nio.file.*; import java.nio.channels.*; import java.nio.*;\n";
    String id =
        ran(
            imports
                + "Files.readString(Path.of(\"in.txt\")) + Files.list(Path.of(\"sub\")).count()",
            "Files.createLink(Path.of(\"hard\"), Path.of(\"in.txt\"));\n"
                + "Files.writeString(Path.of(\"hard\"), \"by a hard link\");",
            "Files.createSymbolicLink(Path.of(\"soft\"), Path.of(\"in.txt\").toAbsolutePath());\n"
                + "Files.writeString(Path.of(\"soft\"), \"by a link\");",
            "Files.createSymbolicLink(Path.of(\"folder\"), Path.of(\"sub\").toAbsolutePath());\n"
                + "Files.writeString(Path.of(\"folder/linked.txt\"), \"by a linked folder\");",
            "Files.createSymbolicLink(Path.of(\"up\"), Path.of(\"sub/../in.txt\"));\n"
                + "try (var f = new RandomAccessFile(\"up\", \"rw\")) { f.writeBytes(\"by a relative link\"); }",
            "try (var f = new RandomAccessFile(\"raf.bin\", \"rw\")) { f.write(1); }\n"
                + "try (var c = FileChannel.open(Path.of(\"channel.bin\"), StandardOpenOption.CREATE,"
                + " StandardOpenOption.WRITE)) { c.write(ByteBuffer.wrap(new byte[] {1})); }",
            "Files.move(Path.of(\"raf.bin\"), Path.of(\"sub/moved.bin\").toAbsolutePath());\n"
                + "new File(\"channel.bin\").renameTo(new File(\"sub/renamed.bin\").getAbsoluteFile())",
            "new ProcessBuilder(\"sh\", \"-c\", \"echo x > child.txt\").start().waitFor()",
            "new ProcessBuilder(\"sh\", \"-c\", \"echo x > child.txt\").directory(new File(\"sub\")).start().waitFor()");
    clear();
    Product.Said replayed = replayed(id);
    assertThat(files()).containsExactly("in.txt", "sub");
    assertThat(Files.readString(work.resolve("in.txt"))).isEqualTo("original");
    assertIdentical(replayed);
  }

  /** A replay reads there what is there, for the JDK and the jars are; it must not write there. */
  @Test
  @Tag("long")
  void replay_writingWhereTheMachineKeepsItsOwn_staysInItsWorkspace() throws Exception {
    String word = "reprise-guard-" + ProcessHandle.current().pid();
    Path maven = Files.createDirectories(Path.of(System.getProperty("user.home"), ".m2"));
    List<Path> folders = new ArrayList<>(List.of(maven, product.home().root()));
    if (Files.isWritable(Path.of("/usr/local"))) {
      folders.add(Path.of("/usr/local"));
    }
    List<String> cells = new ArrayList<>(List.of("import java.nio.file.*;"));
    for (Path folder : folders) {
      Path file = folder.resolve(word);
      cells.add(
          "Files.writeString(Path.of(\"%s\"), \"kept\");\nFiles.createDirectory(Path.of(\"%s.d\"));"
              .formatted(file, file));
      cells.add("Files.readString(Path.of(\"%s\"))".formatted(file));
    }
    String id = ran(cells.toArray(new String[0]));
    for (Path folder : folders) {
      assertThat(folder.resolve(word)).hasContent("kept");
      Files.writeString(folder.resolve(word), "not the replay's");
      Files.delete(folder.resolve(word + ".d"));
    }
    try {
      assertIdentical(replayed(id));
      for (Path folder : folders) {
        assertThat(folder.resolve(word)).hasContent("not the replay's");
        assertThat(folder.resolve(word + ".d")).doesNotExist();
      }
    } finally {
      for (Path folder : folders) {
        Files.delete(folder.resolve(word));
      }
    }
  }

  /** As it was before the recording. */
  private void clear() throws Exception {
    List<String> deepestFirst = new ArrayList<>(files());
    deepestFirst.sort(Comparator.reverseOrder());
    deepestFirst.remove("sub");
    for (String file : deepestFirst) {
      Files.delete(work.resolve(file));
    }
    Files.writeString(work.resolve("in.txt"), "original");
  }

  private List<String> files() throws Exception {
    try (Stream<Path> all = Files.walk(work)) {
      return all.skip(1).map(it -> work.relativize(it).toString()).sorted().toList();
    }
  }

  private static Product.Said replayed(String run, String... options) throws Exception {
    List<String> words = new ArrayList<>(List.of("replay", run, "--json"));
    words.addAll(List.of(options));
    return product.reprise(folder, words.toArray(new String[0]));
  }

  private static List<ProcessHandle> running(String word) {
    return ProcessHandle.allProcesses()
        .filter(it -> it.info().commandLine().orElse("").contains(word))
        .toList();
  }

  private static void assertEnds(String word) throws InterruptedException {
    Instant end = Instant.now().plus(Duration.ofSeconds(15));
    while (!running(word).isEmpty() && Instant.now().isBefore(end)) {
      Thread.sleep(100);
    }
    assertThat(running(word)).isEmpty();
  }
}
