package reprise.extension.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The hooks live in a whole JVM, so each test asks one of its own: {@link FileProbe}. */
class FileHooksTest {
  @TempDir Path folder;
  private Path agentJar;

  @BeforeEach
  void layOut() throws IOException {
    agentJar = folder.resolve("agent.jar");
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.put(new Attributes.Name("Premain-Class"), Agent.class.getName());
    main.put(new Attributes.Name("Can-Retransform-Classes"), "true");
    new JarOutputStream(Files.newOutputStream(agentJar), manifest).close();
    Files.writeString(folder.resolve("in.txt"), "recorded");
  }

  @ParameterizedTest
  @CsvSource({
    "FileReader, READ in.txt",
    "Scanner, READ in.txt",
    "Files.readString, READ in.txt",
    "Files.lines, READ in.txt",
    "FileChannel.read, READ in.txt",
    "AsynchronousFileChannel.read, READ in.txt",
    "RandomAccessFile.r, READ in.txt",
    "RandomAccessFile.rw, UPDATE in.txt",
    "URL, READ in.txt",
    "FileWriter, TRUNCATE out.txt",
    "FileWriter.append, APPEND out.txt",
    "Files.writeString, TRUNCATE out.txt",
    "Files.append, APPEND out.txt",
    "FileChannel.write, UPDATE in.txt",
    "createNewFile, APPEND out.txt",
    "Files.createFile, APPEND out.txt",
    "File.delete, DELETE in.txt",
    "Files.delete, DELETE in.txt",
    "renameTo, MOVE in.txt out.txt",
    "Files.move, MOVE in.txt out.txt",
    "Files.createLink, LINK in.txt out.txt"
  })
  void watch_eachWayToAFile_isSeenOnceBeforeItHappens(String way, String expected)
      throws Exception {
    assertThat(probe("watch", way))
        .filteredOn(line -> line.startsWith("seen "))
        .containsExactly("seen " + expected);
  }

  @Test
  void watch_copyThatReplaces_isSeenWithWhatIsLost() throws Exception {
    Files.writeString(folder.resolve("out.txt"), "old");
    assertThat(probe("watch", "Files.copy"))
        .contains("seen READ in.txt")
        .anyMatch(line -> line.matches("seen (DELETE|TRUNCATE) out.txt"));
  }

  @Test
  void watch_oldBytesOfATruncatedFile_canStillBeRead() throws Exception {
    Files.writeString(folder.resolve("out.txt"), "old");
    assertThat(probe("watch", "FileWriter")).contains("before old");
  }

  @Test
  void watch_witnessThatThrows_leavesTheProgramAlone() throws Exception {
    assertThat(probe("throw", "Files.readString")).contains("did recorded");
  }

  @ParameterizedTest
  @CsvSource({
    "FileReader",
    "Files.readString",
    "Files.lines",
    "FileChannel.read",
    "RandomAccessFile.r",
    "URL",
    "Scanner"
  })
  void redirect_absoluteAndRelativePaths_readTheOtherFile(String way) throws Exception {
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    Files.writeString(elsewhere.resolve("in.txt"), "restored");
    assertThat(probe("redirect", way)).contains("did restored");
    assertThat(probe("redirect-relative", way)).contains("did restored");
  }

  @ParameterizedTest
  @CsvSource({
    "FileWriter",
    "Files.writeString",
    "createNewFile",
    "File.delete",
    "Files.delete",
    "renameTo",
    "Files.move",
    "Files.copy",
    "mkdir",
    "Files.createDirectory"
  })
  void redirect_anyChange_leavesTheOriginalFolderAsItWas(String way) throws Exception {
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    Files.writeString(elsewhere.resolve("in.txt"), "restored");
    List<String> before = listing();
    assertThat(probe("redirect", way)).anyMatch(line -> line.startsWith("did"));
    assertThat(listing()).isEqualTo(before);
    assertThat(Files.readString(folder.resolve("in.txt"))).isEqualTo("recorded");
  }

  @Test
  void redirect_questionsAboutAFile_areAnsweredFromTheOtherFolder() throws Exception {
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    Files.writeString(elsewhere.resolve("only-there.txt"), "123");
    assertThat(probe("redirect", "questions"))
        .contains("did true 3 true 3 true [only-there.txt] [only-there.txt]");
  }

  private List<String> listing() throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }

  private List<String> probe(String mode, String way) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-javaagent:" + agentJar);
    command.add("-Xshare:auto");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    if (mode.equals("redirect-relative")) {
      command.add("-Duser.dir=" + folder);
    }
    command.addAll(List.of(FileProbe.class.getName(), mode, way, folder.toString()));
    Path output = Files.createTempFile("probe", ".txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor()).as(Files.readString(output)).isZero();
    List<String> lines = Files.readAllLines(output);
    Files.delete(output);
    return lines;
  }
}
