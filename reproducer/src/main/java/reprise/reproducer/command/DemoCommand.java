package reprise.reproducer.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import reprise.ledger.Reproduction;
import reprise.ledger.Run;
import reprise.ledger.Verdict;
import reprise.reproducer.execution.Installation;
import reprise.reproducer.notebook.NotebookFile;
import reprise.reproducer.replay.Standard;

@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description =
        "Starts a server in a fresh folder, runs the first example, replays it, shows the verdict.")
final class DemoCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--exit", description = "Stop at the end; exit 0 only if IDENTICAL.")
  private boolean exit;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Screen screen = new Screen(spec.commandLine(), false);
    Path home = Files.createTempDirectory("reprise-demo-");
    try (DemoServer server =
        DemoServer.start(home, Installation.here(), System.getProperty("reprise.command"))) {
      NotebookFile example = NotebookFile.read(copyOfTheFirstExample(home));
      screen.say("Running " + example.path().getFileName() + ", recorded …");
      Run run = RunCommand.execute(example, false, server.environment(), screen);
      screen.say("Replaying " + run.run() + " in a clean JVM …");
      Reproduction reproduction =
          ReplayCommand.replay(
              run.run().value(),
              Map.of(),
              new AlterationOptions(),
              new GuardOptions(),
              Standard.STRICT,
              server.environment(),
              screen);
      ReplayCommand.lines(reproduction).forEach(screen::say);
      if (reproduction.why() != null) {
        screen.say(reproduction.why());
      }
      screen.say(server.page("/runs/" + run.run()));
      if (!exit) {
        screen.say("The server runs until you press Ctrl-C.");
        server.await();
      }
      return reproduction.verdict() == Verdict.IDENTICAL ? Reprise.DONE : Reprise.DIFFERENT;
    } finally {
      if (exit) {
        delete(home);
      }
    }
  }

  /** Example runs leave files behind; they are to do so in the demo's own folder. */
  private static Path copyOfTheFirstExample(Path home) throws IOException {
    Path examples = Path.of(System.getProperty("reprise.notebooks"));
    Path first;
    try (Stream<Path> files = Files.walk(examples, 2)) {
      first =
          files
              .filter(file -> file.toString().endsWith(".ipynb"))
              .min(Comparator.naturalOrder())
              .orElseThrow(() -> new IOException("there is no example in " + examples));
    }
    Path folder = Objects.requireNonNull(first.getParent());
    Path copy = home.resolve("notebooks").resolve(String.valueOf(folder.getFileName()));
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.toList()) {
        Path target = copy.resolve(folder.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
    return copy.resolve(first.getFileName());
  }

  private static void delete(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.walk(folder)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : all) {
      Files.deleteIfExists(file);
    }
  }
}
