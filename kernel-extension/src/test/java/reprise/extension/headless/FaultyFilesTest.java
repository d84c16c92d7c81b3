package reprise.extension.headless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reprise.ledger.Data;
import reprise.ledger.Data.Direction;
import reprise.ledger.Digest;
import reprise.ledger.Output;
import reprise.ledger.Outputs;
import reprise.ledger.Run;
import reprise.ledger.Step;

/** Files that are no ordinary ones: the cell goes on as without us, the record says what is not. */
@Tag("any-jdk")
@Tag("long-too")
class FaultyFilesTest {
  private static final String NIO = "import java.nio.file.*;\n";

  @TempDir Path folder;
  private RecordedJvm jvm;

  @BeforeEach
  void layOut() throws IOException {
    jvm = new RecordedJvm(folder);
  }

  @Test
  @Timeout(60)
  void run_fifo_isReadAsWithoutUsAndHasNoBytes() throws Exception {
    execute("mkfifo", "pipe");
    Step step =
        onlyStep(
            NIO
                + "new Thread(() -> { try { Files.writeString(Path.of(\"pipe\"), \"through\"); }"
                + " catch (IOException e) { } }).start();\n"
                + "Files.readString(Path.of(\"pipe\"))");
    assertThat(result(step)).isEqualTo("through");
    assertThat(step.data())
        .containsExactly(
            new Data(
                Direction.READ,
                jvm.work().resolve("pipe").toString(),
                0,
                null,
                "neither a file nor a folder, so it has no bytes to keep"));
  }

  @Test
  void run_temporaryFileThatTheCellRemovesAgain_isNoData() throws Exception {
    Step step =
        onlyStep(
            NIO
                + "Path passing = Files.createTempFile(\"passing\", null);\n"
                + "Files.writeString(passing, \"soon gone\");\n"
                + "String read = Files.readString(passing);\n"
                + "Files.delete(passing);\n"
                + "Path staying = Files.createTempFile(\"staying\", null);\n"
                + "staying.toFile().deleteOnExit();\n"
                + "read");
    assertThat(result(step)).isEqualTo("soon gone");
    assertThat(step.data())
        .extracting(Data::path)
        .noneMatch(path -> path.contains("passing"))
        .anyMatch(path -> path.contains("staying"));
  }

  @Test
  void run_symbolicLinkLoop_isAsWithoutUs() throws Exception {
    Files.createSymbolicLink(jvm.work().resolve("loop"), Path.of("loop"));
    Files.createSymbolicLink(jvm.work().resolve("up"), Path.of("."));
    Step step =
        onlyStep(
            NIO
                + "List<Object> seen = new ArrayList<>();\n"
                + "seen.add(Files.exists(Path.of(\"loop\")));\n"
                + "try { Files.readString(Path.of(\"loop\")); }"
                + " catch (FileSystemException e) { seen.add(e.getReason().startsWith(\"Too many levels\")); }\n"
                + "seen.add(new ProcessBuilder(\"true\").start().waitFor());\n"
                + "seen.add(Files.walk(Path.of(\"\")).count());\n"
                + "seen");
    assertThat(result(step)).isEqualTo("[false, true, 0, 3]");
    assertThat(step.data())
        .extracting(Data::direction, Data::path)
        .contains(tuple(Direction.MISSED, jvm.work().resolve("loop").toString()));
  }

  @Test
  void run_devicesAndTheKernelsView_areNamedWithoutBytes() throws Exception {
    Step step =
        onlyStep(
            NIO
                + "Files.readString(Path.of(\"/proc/self/comm\"));\n"
                + "Files.writeString(Path.of(\"/dev/null\"), \"gone\");\n"
                + "new java.security.SecureRandom().nextInt();\nUUID.randomUUID();\n"
                + "new FileInputStream(\"/dev/zero\").read()");
    assertThat(result(step)).isEqualTo("0");
    assertThat(step.data())
        .extracting(Data::direction, Data::path, Data::digest, Data::note)
        .containsExactly(
            tuple(
                Direction.READ,
                "/proc/self/comm",
                null,
                "belongs to the machine, so it is not kept"),
            tuple(Direction.READ, "/dev/zero", null, "belongs to the machine, so it is not kept"));
  }

  @Test
  void run_nameThatIsNoText_hasItsBytesAndSaysSo() throws Exception {
    execute("sh", "-c", "mkdir odd; printf content > \"odd/$(printf 'a\\377b')\"");
    Step step =
        onlyStep(NIO + "Files.readString(Files.list(Path.of(\"odd\")).findFirst().orElseThrow())");
    assertThat(result(step)).isEqualTo("content");
    Data read = step.data().get(step.data().size() - 1);
    assertThat(read.digest()).isEqualTo(Digest.of("content"));
    assertThat(read.note()).isEqualTo("its name is not text in this encoding");
    assertThat(jvm.blobs().find(Digest.of("content"))).isPresent();
  }

  @Test
  void run_typoInThePolicyFile_isOneSentenceAndTheRecordingGoesOn() throws Exception {
    Files.writeString(jvm.work().resolve("reprise.toml"), "[files]\nlargest-flie = 1\n");
    Files.writeString(jvm.work().resolve("in.txt"), "in");
    Run run = jvm.run(NIO + "Files.readString(Path.of(\"in.txt\"))");
    assertThat(run.notes()).hasSize(1);
    assertThat(run.notes().get(0)).contains("reprise.toml:2: 'largest-flie' is no key");
    assertThat(jvm.said()).contains(run.notes().get(0));
    assertThat(run.history().get(0).data())
        .extracting(Data::digest)
        .containsExactly(Digest.of("in"));
  }

  @Test
  void run_moreThanThePolicyAllows_isRecordedByDigestOnly() throws Exception {
    Files.writeString(
        jvm.work().resolve("reprise.toml"),
        "[files]\nlargest-file = \"1 KB\"\nlargest-run = \"1 KB\"\nignored = [\"*.tmp\"]\n");
    String large = "x".repeat(2_000);
    String fits = "y".repeat(700);
    String beyond = "z".repeat(700);
    Files.writeString(jvm.work().resolve("large"), large);
    Files.writeString(jvm.work().resolve("fits"), fits);
    Files.writeString(jvm.work().resolve("beyond"), beyond);
    Files.writeString(jvm.work().resolve("a.tmp"), "ignored");
    Step step =
        onlyStep(
            NIO
                + "for (String name : List.of(\"fits\", \"beyond\", \"a.tmp\"))"
                + " Files.readString(Path.of(name));\n"
                + "Files.writeString(Path.of(\"large\"), \"\");");
    assertThat(step.data())
        .extracting(Data::direction, Data::digest, Data::keepsItsBytes)
        .containsExactly(
            tuple(Direction.READ, Digest.of(fits), true),
            tuple(Direction.READ, Digest.of(beyond), false),
            tuple(Direction.DELETED, Digest.of(large), false),
            tuple(Direction.WRITTEN, Digest.of(""), true));
    assertThat(step.data().get(1).note()).contains("the 1 KB that the policy allows a run");
    assertThat(step.data().get(2).note()).contains("the 1 KB that the policy allows a file");
    assertThat(jvm.blobs().find(Digest.of(large))).isEmpty();
  }

  private Step onlyStep(String source) throws Exception {
    return jvm.run(source).history().get(0);
  }

  private static String result(Step step) {
    List<Output> outputs = step.outputs();
    assertThat(outputs).as("%s", outputs).hasSize(1);
    assertThat(outputs.get(0)).isInstanceOf(Output.Result.class);
    return Outputs.forms(outputs.get(0))
        .getOrDefault("text/plain", NullNode.getInstance())
        .asText();
  }

  private void execute(String... command) throws Exception {
    Process process = new ProcessBuilder(command).directory(jvm.work().toFile()).start();
    assertThat(process.waitFor()).isZero();
  }
}
