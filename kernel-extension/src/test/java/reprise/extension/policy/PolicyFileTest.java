package reprise.extension.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyFileTest {
  @TempDir Path folder;
  private final List<String> complaints = new ArrayList<>();
  private Path project;
  private Path home;

  @BeforeEach
  void layOut() throws IOException {
    project = Files.createDirectories(folder.resolve("repository/notebooks/iris"));
    home = Files.createDirectory(folder.resolve("home"));
    Files.createDirectory(folder.resolve("repository/.git"));
  }

  private Policy policy() {
    return PolicyFile.of(project, home, complaints::add);
  }

  @Test
  void of_noFile_isTheDefault() {
    assertThat(policy()).isSameAs(Policy.DEFAULT);
  }

  @Test
  void of_fileInAFolderAbove_countsUpToTheRootOfTheRepository() throws Exception {
    Files.writeString(folder.resolve("reprise.toml"), "[files]\nlargest-file = \"1 KB\"");
    assertThat(policy()).isSameAs(Policy.DEFAULT);
    Files.writeString(
        folder.resolve("repository/reprise.toml"), "[files]\nlargest-file = \"2 KB\"");
    assertThat(policy().largestFile()).isEqualTo(2048);
    Files.writeString(project.resolve("reprise.toml"), "[files]\nlargest-file = 3");
    assertThat(policy().largestFile()).isEqualTo(3);
    assertThat(policy().largestRun()).isEqualTo(Policy.DEFAULT.largestRun());
  }

  @Test
  void of_fileInTheHome_countsWhereTheProjectHasNone() throws Exception {
    Files.writeString(home.resolve("reprise.toml"), "[files]\nlargest-run = \"10 GB\"");
    assertThat(policy().largestRun()).isEqualTo(10L << 30);
  }

  @ParameterizedTest
  @CsvSource({
    "a.tmp, true",
    "deep/er/b.tmp, true",
    "cache/x/y, true",
    "other/cache/x, false",
    "a.csv, false"
  })
  void ignores_patterns_areMeantAnywhereOrFromTheFileOn(String file, boolean ignored)
      throws Exception {
    Files.writeString(
        project.resolve("reprise.toml"), "[files]\nignored = [\"*.tmp\", \"cache/**\"]");
    assertThat(policy().ignores().test(project.resolve(file))).isEqualTo(ignored);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[files]~largest-flie = 1|reprise.toml:2: 'largest-flie' is no key of reprise.toml; there are files.largest-file, files.largest-run, files.ignored",
        "[fils]|reprise.toml:1: 'fils' is no key of reprise.toml; there is files",
        "~[files]~largest-file = \"much\"|reprise.toml:3: 'largest-file' must be a size such as \"500 MB\" or \"2 GB\"",
        "[files]~ignored = \"x\"|reprise.toml:2: 'ignored' must be a list of patterns",
        "[files]~ignored = [\"[\"]|reprise.toml:2: 'ignored' has \"[\", which is no pattern",
        "files = 3|reprise.toml:1: 'files' must be a table: [files]",
        "[files]~largest-file = |reprise.toml:2: "
      })
  void of_typo_isOneSentenceWithItsPlaceAndTheDefaultHolds(String text, String expected)
      throws Exception {
    Files.writeString(project.resolve("reprise.toml"), text.replace("~", "\n"));
    assertThat(policy()).isSameAs(Policy.DEFAULT);
    assertThat(complaints).hasSize(1);
    assertThat(complaints.get(0))
        .contains(expected)
        .endsWith("; Reprise records with its defaults until you mend that and restart.")
        .doesNotContain("\n");
  }
}
