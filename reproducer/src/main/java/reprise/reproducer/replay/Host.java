package reprise.reproducer.replay;

import java.time.InstantSource;
import java.util.Map;
import java.util.random.RandomGenerator;
import reprise.reproducer.evidence.Evidence;
import reprise.reproducer.execution.Installation;

/**
 * The machine on which replays happen.
 *
 * @param evidence knows the recorded run and keeps its bytes
 * @param variables the environment variables of this process
 * @param chance for ids and names of folders
 */
public record Host(
    Evidence evidence,
    Map<String, String> variables,
    Installation installation,
    InstantSource clock,
    RandomGenerator chance) {
  public Host {
    variables = Map.copyOf(variables);
  }
}
