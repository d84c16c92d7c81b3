package reprise.reproducer.replay;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Home;
import reprise.ledger.RunId;
import reprise.ledger.Workspace;
import reprise.reproducer.evidence.Evidence;
import reprise.reproducer.execution.Installation;
import reprise.reproducer.execution.Limits;

/**
 * The machine on which replays happen.
 *
 * @param evidence knows the recorded run and keeps its bytes
 * @param variables the environment variables of this process
 * @param chance for ids and names of folders
 * @param limits of each replay
 * @param keep the folder in which workspaces stay; null if they go when their replay is over
 */
public record Host(
    Evidence evidence,
    Map<String, String> variables,
    Installation installation,
    InstantSource clock,
    RandomGenerator chance,
    Limits limits,
    @Nullable Path keep) {
  public Host {
    variables = Map.copyOf(variables);
  }

  /** One that limits nothing and keeps no workspace. */
  public Host(
      Evidence evidence,
      Map<String, String> variables,
      Installation installation,
      InstantSource clock,
      RandomGenerator chance) {
    this(evidence, variables, installation, clock, chance, Limits.NONE, null);
  }

  /** Where the next replay of a run may work. */
  Workspace workspace(RunId run) {
    if (keep == null) {
      String name = run + "-" + Long.toHexString(chance.nextLong());
      return new Workspace(Home.of(variables).root().resolve("replays").resolve(name));
    }
    Path free = keep.resolve("workspace");
    for (int i = 2; Files.exists(free); i++) {
      free = keep.resolve("workspace-" + i);
    }
    return new Workspace(free);
  }
}
