package reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Code histories as git's own client sees them. */
class GitTest extends ServerTest {
  private Path work = Path.of("");

  private record Said(int exit, String text) {}

  private Said git(Path in, String... words) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("git", "-c", "user.name=Ada", "-c", "user.email=ada@example.org"));
    command.addAll(List.of(words));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(in.toFile()).redirectErrorStream(true);
    builder.environment().put("GIT_TERMINAL_PROMPT", "0");
    builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
    Process git = builder.start();
    String text = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Said(git.waitFor(), text);
  }

  private void mustGit(Path in, String... words) throws IOException, InterruptedException {
    Said said = git(in, words);
    assertThat(said.exit()).as(said.text()).isZero();
  }

  private String address(String experiment) {
    return "http://any:" + TOKEN + "@127.0.0.1:" + server.url().getPort() + "/git/" + experiment;
  }

  private void commit(String text) throws IOException, InterruptedException {
    Files.writeString(work.resolve("cell.jsh"), text);
    mustGit(work, "add", ".");
    mustGit(work, "commit", "-q", "-m", "a cell");
  }

  @BeforeEach
  void makeHistory() throws Exception {
    work = Files.createDirectory(folder.resolve("work"));
    mustGit(work, "init", "-q", "-b", "notebook");
    commit("int a = 1;\n");
  }

  @Test
  void push_thenClone_givesTheHistoryBackSound() throws Exception {
    mustGit(work, "push", "-q", address("iris.git"), "notebook");
    mustGit(folder, "clone", "-q", address("iris.git"), "copy");
    Path copy = folder.resolve("copy");
    assertThat(copy.resolve("cell.jsh")).hasContent("int a = 1;");
    mustGit(copy, "fsck", "--strict", "--full");
    Path kept = folder.resolve("server/code/iris.git");
    mustGit(kept, "fsck", "--strict", "--full");
    assertThat(kept.resolve("HEAD")).hasContent("ref: refs/heads/notebook");
  }

  @Test
  void push_withBearerHeader_isTaken() throws Exception {
    String plain = server.url() + "/git/iris.git";
    String header = "http.extraHeader=Authorization: Bearer " + TOKEN;
    mustGit(work, "-c", header, "push", "-q", plain, "notebook");
    commit("int a = 2;\n");
    mustGit(work, "-c", header, "push", "-q", plain, "notebook");
  }

  @Test
  void push_withoutToken_isRefused() throws Exception {
    assertThat(git(work, "push", server.url() + "/git/iris.git", "notebook").exit()).isNotZero();
    assertThat(folder.resolve("server/code/iris.git")).doesNotExist();
  }

  @Test
  void push_thatWouldForgetCommits_isRefused() throws Exception {
    commit("int a = 2;\n");
    mustGit(work, "push", "-q", address("iris.git"), "notebook");
    mustGit(work, "reset", "-q", "--hard", "HEAD~1");
    commit("int a = 3;\n");
    Said forced = git(work, "push", "--force", address("iris.git"), "notebook");
    assertThat(forced.exit()).isNotZero();
    assertThat(forced.text()).contains("rejected");
    assertThat(git(work, "push", address("iris.git"), ":notebook").exit()).isNotZero();
  }

  @Test
  void clone_unknownExperiment_isNotFoundAndMakesNothing() throws Exception {
    Said said = git(folder, "clone", address("none.git"), "copy");
    assertThat(said.exit()).isNotZero();
    assertThat(said.text()).contains("not found");
    assertThat(folder.resolve("server/code/none.git")).doesNotExist();
  }

  @Test
  void push_toWhatNamesNoExperiment_writesNothingAnywhere() throws Exception {
    for (String name :
        List.of("..%2f..%2fx.git", "..", "a/b.git", "%2e%2e.git", ".git", "-x.git")) {
      assertThat(git(work, "push", address(name), "notebook").exit()).as(name).isNotZero();
    }
    try (Stream<Path> made = Files.list(folder.resolve("server/code"))) {
      assertThat(made).isEmpty();
    }
    assertThat(folder.resolve("x.git")).doesNotExist();
  }
}
