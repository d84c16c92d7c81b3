package reprise.reproducer.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import reprise.ledger.Placement;

/** The options that say where a job's attempts are carried out. */
final class PlacementOptions {
  @Option(
      names = "--on",
      paramLabel = "PLACE",
      description = "Where: here, the server's machine, or slurm.")
  private @Nullable String on;

  @Option(names = "--partition", paramLabel = "P", description = "Slurm's partition.")
  private @Nullable String partition;

  @Option(names = "--slurm-cpus", paramLabel = "N", description = "Processors from Slurm.")
  private @Nullable Integer cpus;

  @Option(
      names = "--slurm-memory",
      paramLabel = "SIZE",
      description = "Memory from Slurm for the whole attempt, e.g. 4G; more than --memory.")
  private @Nullable String memory;

  @Option(names = "--gpus", paramLabel = "N", description = "GPUs from Slurm, e.g. 1 or a100:2.")
  private @Nullable String gpus;

  @Option(names = "--minutes", paramLabel = "N", description = "Slurm's limit of time.")
  private @Nullable Integer minutes;

  @Option(names = "--account", paramLabel = "A", description = "Slurm's account.")
  private @Nullable String account;

  /** What was said and, where nothing was, what held before. */
  @Nullable Placement over(@Nullable Placement before) {
    Placement now = before == null ? Placement.HERE : before;
    Placement then =
        new Placement(
            on == null ? now.on() : on,
            or(partition, now.partition()),
            or(cpus, now.cpus()),
            or(memory, now.memory()),
            or(gpus, now.gpus()),
            or(minutes, now.minutes()),
            or(account, now.account()));
    return then.equals(now) ? before : then;
  }

  private static <T> @Nullable T or(@Nullable T said, @Nullable T before) {
    return said == null ? before : said;
  }
}
