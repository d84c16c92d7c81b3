package reprise.extension.headless;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reprise.ledger.Home;
import reprise.ledger.Workspace;

class RedirectionTest {
  @TempDir Path folder;
  private Workspace workspace;
  private Redirection redirection;

  @BeforeEach
  void open() {
    workspace = new Workspace(folder.resolve("workspace"));
    redirection =
        new Redirection(workspace, new Home(folder.resolve("home")), List.of(Path.of("/opt/us")));
  }

  @Test
  void apply_aPersonsFile_liesInTheWorkspace() {
    assertThat(redirection.apply(Path.of("/home/ada/in.csv")))
        .isEqualTo(workspace.root().resolve("files/home/ada/in.csv"));
  }

  @Test
  void apply_ours_isLeftAlone() {
    for (Path path :
        List.of(
            workspace.root().resolve("tmp/x"),
            folder.resolve("home/journal/s.jsonl"),
            Path.of("/opt/us/lib.jar"),
            Path.of(System.getProperty("java.home"), "lib/tzdb.dat"))) {
      assertThat(redirection.apply(path)).isEqualTo(path);
    }
  }

  @Test
  void changed_theMachines_liesInTheWorkspaceWithItsFolder() throws Exception {
    Path added = Path.of("/usr/share/added");
    assertThat(redirection.changed(added)).isEqualTo(workspace.place(added));
    assertThat(workspace.place(Path.of("/usr/share"))).isDirectory();
    assertThat(redirection.apply(added)).isEqualTo(added);
    Files.writeString(redirection.changed(added), "by the replay");
    assertThat(redirection.apply(added)).isEqualTo(workspace.place(added));
  }

  @Test
  void changed_deviceOrOursByNoCell_isLeftAlone() {
    for (Path path : List.of(Path.of("/dev/null"), folder.resolve("home/journal/s.jsonl"))) {
      assertThat(redirection.changed(path)).isEqualTo(path);
    }
  }

  @Test
  void apply_unpackedNativeLibrary_isLeftAloneButNotADownloadedModel() {
    Path cache = Path.of(System.getProperty("user.home"), ".djl.ai");
    Path library = cache.resolve("pytorch/2.7.1-cpu-linux-x86_64/libtorch_cpu.so");
    assertThat(redirection.apply(library)).isEqualTo(library);
    Path unpacked = Path.of(System.getProperty("user.home"), ".cache/JNA/temp/jna1.tmp");
    assertThat(redirection.apply(unpacked)).isEqualTo(unpacked);
    Path model = cache.resolve("cache/repo/model/resnet.params");
    assertThat(redirection.apply(model)).isEqualTo(workspace.place(model));
  }

  @Test
  void apply_theMachines_isLeftAloneUnlessItWasRecorded() throws Exception {
    Path words = Path.of("/usr/share/dict/words");
    assertThat(redirection.apply(words)).isEqualTo(words);
    Path restored = workspace.place(words);
    Files.createDirectories(workspace.place(Path.of("/usr/share/dict")));
    Files.writeString(restored, "recorded");
    assertThat(redirection.apply(words)).isEqualTo(restored);
  }
}
