package reprise.extension.headless;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reprise.ledger.Data;
import reprise.ledger.Digest;
import reprise.ledger.Outcome;
import reprise.ledger.Run;
import reprise.ledger.Step;

/**
 * Every way to a file, each in a cell of its own: what is recorded of it, in which order, with
 * which bytes, and that bytes which are lost afterwards were kept.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FileMatrixTest {
  private static final String IMPORTS =
      "import java.nio.*; import java.nio.channels.*; import java.nio.file.*; "
          + "import java.nio.charset.*; import java.nio.file.attribute.*; import java.util.zip.*; "
          + "import java.util.jar.*; import javax.imageio.*;";

  /**
   * Each works in a folder of its own, in which {@code in} holds "old" and {@code there} "lost";
   * {@code out} is not there. Expected are lines of direction, name and bytes; * means any bytes.
   */
  private enum Probe {
    FILE_READER("new FileReader(in).read()", "READ in old"),
    SCANNER("new Scanner(in).next()", "READ in old"),
    RANDOM_ACCESS("new RandomAccessFile(in, \"r\").read()", "READ in old"),
    RANDOM_ACCESS_WRITE(
        "try (var f = new RandomAccessFile(in, \"rw\")) { f.write('g'); }",
        "READ in old",
        "WRITTEN in gld"),
    IMAGE_IO("ImageIO.read(in)", "READ in old"),
    URL("new URL(in.toURI().toString()).openStream().read()", "READ in old"),
    ZIP_FILE("new ZipFile(dir + \"/a.zip\").size()", "READ a.zip *"),
    JAR_FILE("new JarFile(dir + \"/a.zip\").size()", "READ a.zip *"),
    ZIPFS_READ(
        "try (var z = FileSystems.newFileSystem(Path.of(dir, \"a.zip\"))) "
            + "{ Files.readString(z.getPath(\"x\")); }",
        "READ a.zip *"),
    ZIPFS_WRITE(
        "try (var z = FileSystems.newFileSystem(Path.of(dir, \"a.zip\"))) "
            + "{ Files.writeString(z.getPath(\"y\"), \"y\"); }",
        "READ a.zip *",
        "DELETED a.zip *",
        "WRITTEN a.zip *"),
    READ_STRING("Files.readString(path)", "READ in old"),
    LINES("Files.lines(path).count()", "READ in old"),
    NEW_INPUT_STREAM("Files.newInputStream(path).read()", "READ in old"),
    MAP(
        "try (var c = FileChannel.open(path)) { c.map(FileChannel.MapMode.READ_ONLY, 0, 3).get(); }",
        "READ in old"),
    MAP_WRITE(
        "try (var c = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) "
            + "{ c.map(FileChannel.MapMode.READ_WRITE, 0, 3).put((byte) 'g'); }",
        "READ in old",
        "WRITTEN in gld"),
    ASYNCHRONOUS(
        "AsynchronousFileChannel.open(path).read(ByteBuffer.allocate(3), 0).get()", "READ in old"),
    ASYNCHRONOUS_WRITE(
        "try (var c = AsynchronousFileChannel.open(path, StandardOpenOption.WRITE)) "
            + "{ c.write(ByteBuffer.wrap(new byte[] {'g'}), 0).get(); }",
        "READ in old",
        "WRITTEN in gld"),
    BYTE_CHANNEL(
        "Files.newByteChannel(path, StandardOpenOption.READ).read(ByteBuffer.allocate(3))",
        "READ in old"),
    BYTE_CHANNEL_NEW(
        "try (var c = Files.newByteChannel(out, StandardOpenOption.CREATE_NEW, "
            + "StandardOpenOption.WRITE)) { c.write(ByteBuffer.wrap(new byte[] {'n'})); }",
        "WRITTEN out n"),
    BYTE_CHANNEL_TRUNCATE(
        "try (var c = Files.newByteChannel(path, StandardOpenOption.TRUNCATE_EXISTING, "
            + "StandardOpenOption.WRITE)) { c.write(ByteBuffer.wrap(new byte[] {'n'})); }",
        "DELETED in old",
        "WRITTEN in n"),
    SECURE_READ(
        "try (var s = (SecureDirectoryStream<Path>) Files.newDirectoryStream(Path.of(dir))) "
            + "{ s.newByteChannel(Path.of(\"in\"), Set.of(StandardOpenOption.READ)).close(); }",
        "READ in old"),
    SECURE_DELETE(
        "try (var s = (SecureDirectoryStream<Path>) Files.newDirectoryStream(Path.of(dir))) "
            + "{ s.deleteFile(Path.of(\"in\")); }",
        "DELETED in old"),
    SECURE_MOVE(
        "try (var s = (SecureDirectoryStream<Path>) Files.newDirectoryStream(Path.of(dir))) "
            + "{ s.move(Path.of(\"in\"), s, Path.of(\"there\")); }",
        "DELETED there lost",
        "DELETED in old",
        "WRITTEN there old"),
    FILE_WRITER(
        "try (var w = new FileWriter(in)) { w.write(\"new\"); }",
        "DELETED in old",
        "WRITTEN in new"),
    FILE_WRITER_APPEND(
        "try (var w = new FileWriter(in, true)) { w.write(\"+\"); }",
        "READ in old",
        "WRITTEN in old+"),
    WRITE_STRING("Files.writeString(out, \"new\")", "WRITTEN out new"),
    WRITE_STRING_OVER("Files.writeString(path, \"new\")", "DELETED in old", "WRITTEN in new"),
    WRITE_STRING_APPEND(
        "Files.writeString(path, \"+\", StandardOpenOption.APPEND)",
        "READ in old",
        "WRITTEN in old+"),
    CREATE_NEW_FILE("new File(dir, \"out\").createNewFile()", "WRITTEN out "),
    CREATE_FILE("Files.createFile(out)", "WRITTEN out "),
    DELETE("in.delete()", "DELETED in old"),
    FILES_DELETE("Files.delete(path);", "DELETED in old"),
    RENAME("in.renameTo(there)", "DELETED there lost", "DELETED in old", "WRITTEN there old"),
    MOVE("Files.move(path, out)", "DELETED in old", "WRITTEN out old"),
    MOVE_OVER(
        "Files.move(path, there.toPath(), StandardCopyOption.REPLACE_EXISTING)",
        "DELETED there lost",
        "DELETED in old",
        "WRITTEN there old"),
    MOVE_ATOMICALLY(
        "Files.move(path, there.toPath(), StandardCopyOption.ATOMIC_MOVE)",
        "DELETED there lost",
        "DELETED in old",
        "WRITTEN there old"),
    MOVE_FOLDER(
        "Files.move(Path.of(dir, \"sub\"), Path.of(dir, \"other\")); "
            + "Files.readString(Path.of(dir, \"other\", \"deep\"));",
        "LISTED sub -",
        "MISSED other -",
        "DELETED deep deep",
        "WRITTEN deep deep",
        "READ deep deep"),
    COPY("Files.copy(path, out)", "READ in old", "WRITTEN out old"),
    COPY_OVER(
        "Files.copy(path, there.toPath(), StandardCopyOption.REPLACE_EXISTING)",
        "DELETED there lost",
        "READ in old",
        "WRITTEN there old"),
    HARD_LINK("Files.createLink(out, path)", "READ in old", "WRITTEN out old"),
    SYMBOLIC_LINK(
        "Files.createSymbolicLink(out, path); Files.readString(out);",
        "MISSED out -",
        "READ in old"),
    READ_REWRITE_READ(
        "Files.readString(path); Files.writeString(path, \"new\"); Files.readString(path);",
        "READ in old",
        "DELETED in old",
        "WRITTEN in new",
        "READ in new"),
    EXISTS("Files.exists(path)", "LOOKED_AT in -"),
    EXISTS_NOT("Files.exists(out)", "MISSED out -"),
    FILE_EXISTS("in.exists()", "LOOKED_AT in -"),
    FILE_LENGTH("in.length()", "LOOKED_AT in -"),
    SIZE("Files.size(path)", "LOOKED_AT in -"),
    EXISTS_AND_READ("if (Files.exists(path)) Files.readString(path);", "READ in old"),
    EXISTS_NOT_AND_WRITTEN(
        "if (!Files.exists(out)) Files.writeString(out, \"n\");", "WRITTEN out n"),
    IS_FOLDER("Files.isDirectory(Path.of(dir, \"sub\"))", "LISTED sub -"),
    MAKE_FOLDER("Files.createDirectory(Path.of(dir, \"made\"))", "MISSED made -"),
    LIST("Files.list(Path.of(dir, \"sub\")).count()", "LISTED sub deep"),
    FILE_LIST("new File(dir, \"sub\").list().length", "LISTED sub deep"),
    LIST_FILES("new File(dir, \"sub\").listFiles()[0].length()", "LISTED sub deep:4"),
    WALK(
        "Files.walk(Path.of(dir, \"sub\")).filter(Files::isRegularFile).count()",
        "LISTED sub deep:4");

    private final String code;
    private final String expected;

    Probe(String code, String... expected) {
      this.code = code;
      this.expected = String.join("\n", expected);
    }

    private String source(Path folder) {
      return "{ String dir = \"%s\"; File in = new File(dir, \"in\"), there = new File(dir, \"there\");\n"
              .formatted(folder)
          + "Path path = in.toPath(), out = Path.of(dir, \"out\");\n"
          + (code.endsWith(";") || code.endsWith("}") ? code : "Object it = " + code + ";")
          + " }";
    }
  }

  private RecordedJvm jvm;
  private Run run;

  @BeforeAll
  void execute(@TempDir Path folder) throws Exception {
    jvm = new RecordedJvm(folder);
    List<String> cells = new ArrayList<>(List.of(IMPORTS));
    for (Probe probe : Probe.values()) {
      cells.add(probe.source(layOut(jvm.work().resolve(probe.name()))));
    }
    run = jvm.run(cells.toArray(String[]::new));
  }

  private static Path layOut(Path place) throws IOException {
    Files.createDirectories(place.resolve("sub"));
    Files.writeString(place.resolve("in"), "old");
    Files.writeString(place.resolve("there"), "lost");
    Files.writeString(place.resolve("sub/deep"), "deep");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(place.resolve("a.zip")))) {
      zip.putNextEntry(new ZipEntry("x"));
      zip.write('x');
    }
    return place;
  }

  @ParameterizedTest
  @EnumSource
  void run_eachWayToAFile_isRecordedInOrderWithItsBytes(Probe probe) throws Exception {
    String place = "/" + probe.name() + "\"";
    Step step =
        run.history().stream().filter(it -> it.source().contains(place)).findFirst().orElseThrow();
    assertThat(step.outcome()).as("%s", step.outputs()).isEqualTo(new Outcome.Succeeded());
    List<String> seen = new ArrayList<>();
    for (Data data : step.data()) {
      boolean asideFromIt =
          data.path().contains("/zipfstmp")
              || (data.path().endsWith(probe.name()) && data.direction() == Data.Direction.LISTED);
      if (!asideFromIt) {
        seen.add(line(data, probe));
      }
    }
    assertThat(String.join("\n", seen)).isEqualTo(probe.expected);
  }

  private String line(Data data, Probe probe) throws IOException {
    String name = Path.of(data.path()).getFileName().toString();
    Digest digest = data.digest();
    if (digest == null) {
      assertThat(data.note()).isNull();
      return data.direction() + " " + name + " -";
    }
    if (data.direction() == Data.Direction.LISTED) {
      return data.direction() + " " + name + " " + names(digest);
    }
    if (data.direction() == Data.Direction.DELETED && probe != Probe.MOVE_FOLDER) {
      assertThat(jvm.blobs().find(digest)).as("%s", data).isPresent();
    }
    for (String text : Arrays.asList("old", "new", "lost", "old+", "gld", "n", "deep", "")) {
      if (digest.equals(Digest.of(text))) {
        return data.direction() + " " + name + " " + text;
      }
    }
    return data.direction() + " " + name + " *";
  }

  private String names(Digest listing) throws IOException {
    return reprise.ledger.Listing.of(Files.readAllBytes(jvm.blobs().find(listing).orElseThrow()))
        .entries()
        .stream()
        .map(entry -> entry.size() == null ? entry.name() : entry.name() + ":" + entry.size())
        .reduce("", (left, right) -> left.isEmpty() ? right : left + " " + right);
  }
}
