package reprise.extension.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reprise.ledger.ExperimentName;
import reprise.ledger.SessionId;
import reprise.ledger.TrackingClient;

/**
 * What JGit writes is read back with git itself. No server is there: history is kept all the same.
 */
class CodeHistoryTest {
  private static final Instant AT = Instant.parse("2026-11-22T12:00:00Z");

  @TempDir Path folder;

  @Test
  void commit_eachStep_keepsCodeAsItWasBesideTheUsersOwnGit() throws Exception {
    Path project = Files.createDirectories(folder.resolve("project"));
    git(project, "init", "-q");
    Files.writeString(project.resolve("Tool.java"), "class Tool {}");
    Files.writeString(project.resolve("data.csv"), "1,2");
    List<String> commits = record("s-0001", project, "int a = 1;", "int b = 2;");
    assertThat(commits).hasSize(2);
    Path repository = folder.resolve("code/try.git");
    assertThat(git(repository, "fsck", "--strict", "--no-dangling")).isEmpty();
    assertThat(git(repository, "show", commits.get(0) + ":Tool.java")).isEqualTo("class Tool {}");
    assertThat(git(repository, "ls-tree", "-r", "--name-only", commits.get(1)).lines())
        .containsExactly(".reprise/steps/00001.java", ".reprise/steps/00002.java", "Tool.java");
    assertThat(git(project, "status", "--porcelain").lines())
        .containsExactly("?? Tool.java", "?? data.csv");
  }

  @Test
  void commit_nextSession_standsOnTheOneBefore() throws Exception {
    Path project = Files.createDirectories(folder.resolve("project"));
    String first = record("s-0001", project, "1").get(0);
    String second = record("s-0002", project, "2").get(0);
    Path repository = folder.resolve("code/try.git");
    assertThat(git(repository, "rev-parse", second + "^").strip()).isEqualTo(first);
    assertThat(git(repository, "rev-parse", "HEAD").strip()).isEqualTo(second);
  }

  private List<String> record(String session, Path project, String... sources) {
    List<String> commits = new CopyOnWriteArrayList<>();
    try (CodeHistory history =
        new CodeHistory(
            folder.resolve("code"),
            new ExperimentName("try"),
            new SessionId(session),
            project,
            (path, bytes) -> bytes,
            new TrackingClient(URI.create("http://127.0.0.1:1"), ""),
            InstantSource.fixed(AT))) {
      for (int i = 0; i < sources.length; i++) {
        history.commit(i + 1, sources[i], commits::add);
      }
    }
    return commits;
  }

  private static String git(Path directory, String... arguments) throws Exception {
    List<String> command = new java.util.ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    String said =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
