package reprise.reproducer.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import reprise.ledger.AttemptResult;
import reprise.ledger.TrackingClient;
import reprise.reproducer.attempt.OrderedAttempt;

/** Not for people: the tracking server and a cluster's nodes carry attempts out by it. */
@Command(
    name = "attempt",
    hidden = true,
    mixinStandardHelpOptions = true,
    description = "Carries out an attempt of a job, as the order in its folder says.")
final class AttemptCommand implements Callable<Integer> {
  // What a cluster carries out outlives a server's restart.
  private static final Duration LONGEST_WITHOUT_SERVER = Duration.ofHours(1);

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "The attempt's folder.")
  private Path folder;

  @Option(names = "--owned", description = "End as soon as stdin does, for then the owner is gone.")
  private boolean owned;

  @Override
  public Integer call() throws IOException {
    if (owned) {
      Thread watch = new Thread(AttemptCommand::endWithTheOwner, "owner watch");
      watch.setDaemon(true);
      watch.start();
    }
    Screen screen = new Screen(spec.commandLine(), true);
    TrackingClient server = TrackingClient.of(System.getenv());
    AttemptResult result =
        OrderedAttempt.in(folder)
            .carryOut(
                owned ? server : server.waiting(LONGEST_WITHOUT_SERVER),
                System.getenv(),
                screen::progress);
    if (result.why() != null) {
      screen.tell(result.why());
    }
    return result.succeeded() ? Reprise.DONE : Reprise.DIFFERENT;
  }

  private static void endWithTheOwner() {
    try {
      while (System.in.read() >= 0) {
        // nothing is ever said; only the end counts
      }
    } catch (IOException e) {
      // as gone as can be
    }
    System.exit(Reprise.COULD_NOT_RUN); // its hooks end the replay's JVM with all that it started
  }
}
