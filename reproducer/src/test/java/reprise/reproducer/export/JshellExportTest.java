package reprise.reproducer.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reprise.ledger.Data.Direction;
import reprise.reproducer.evidence.Recorded;
import reprise.reproducer.evidence.Recorded.Did;

class JshellExportTest {
  @TempDir Path folder;

  @Test
  void write_filesBesideTheWorkingDirectory_keepTheirPlacesBesideEachOther() throws IOException {
    Recorded run = new Recorded(folder);
    run.cell(
            "c0",
            "read(\"../data/in.csv\", \"/home/ada/data/in.csv\")",
            Did.touched(run.file(Direction.READ, "/home/ada/data/in.csv", "1\n")))
        .over();
    Path out = folder.resolve("out");
    assertThat(Exported.as(Form.JSHELL, run, out)).isEmpty();
    assertThat(out.resolve("data/data/in.csv")).hasContent("1\n");
    assertThat(out.resolve("data/work")).isDirectory();
    assertThat(Files.readString(out.resolve("run.jsh")))
        .contains("read(\"../data/in.csv\", \"../data/in.csv\")");
    assertThat(Files.readString(out.resolve("run.sh"))).contains("cd \"$here\"/'data/work'");
  }

  @Test
  void write_whatCannotBeTheSame_isSaidInTheReadme() throws IOException {
    Recorded run =
        new Recorded(folder)
            .cell("c0", "boom()", Did.failed())
            .cell("c1", "read()", Did.touched(Recorded.tooLarge("/data/huge.bin")))
            .cell("c2", "%%unknown\nx", Did.NOTHING)
            .cell("c3", "login(\"[masked:password]\")", Did.NOTHING)
            .over();
    Path out = folder.resolve("out");
    List<String> remarks = Exported.as(Form.JSHELL, run, out);
    assertThat(remarks)
        .containsExactly(
            "Missing: the bytes of /data/huge.bin were not kept.",
            "Step 1 failed, and jshell tells of that in its own words.",
            "Step 3 has a magic that jshell does not know: %%unknown",
            "Step 4 has a secret that is masked; put it in again.");
    assertThat(Files.readString(out.resolve("README.md"))).contains(remarks);
  }

  @Test
  void write_anyForm_canBeReadByWhoeverReadsTheOthersFilesHere() throws IOException {
    Path usual = Files.createFile(folder.resolve("usual"));
    Path notebook = folder.resolve("out.ipynb");
    Exported.as(Form.NOTEBOOK, new Recorded(folder).over(), notebook);
    assertThat(Files.getPosixFilePermissions(notebook))
        .isEqualTo(Files.getPosixFilePermissions(usual));
    Path jshell = folder.resolve("jshell");
    Exported.as(Form.JSHELL, new Recorded(folder).over(), jshell);
    assertThat(Files.getPosixFilePermissions(jshell))
        .isEqualTo(Files.getPosixFilePermissions(Files.createDirectory(folder.resolve("dir"))));
  }

  @Test
  void write_folderThatIsMissing_saysWhatToDo() throws IOException {
    Recorded run = new Recorded(folder).over();
    assertThatThrownBy(() -> Exported.as(Form.JSHELL, run, folder.resolve("no/such")))
        .hasMessageContaining("is not a folder; make it first");
  }
}
