package reprise.reproducer.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import reprise.ledger.Run;
import reprise.reproducer.evidence.Evidence;
import reprise.reproducer.execution.Installation;
import reprise.reproducer.execution.Limits;
import reprise.reproducer.replay.Host;
import reprise.reproducer.replay.Secrets;

/** The options that say how much a replay may use, and whether what it leaves behind is kept. */
final class GuardOptions {
  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec spec;

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      description =
          "The largest heap of the replay's JVM, e.g. 2g. What it takes beside its heap, and what"
              + " its children take, is not limited.")
  private @Nullable String memory;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description = "Stop a replay with all that it started after this time, e.g. 90s, 30m or 2h.")
  private @Nullable String timeout;

  @Option(
      names = "--cpus",
      paramLabel = "N",
      description = "How many processors the replay sees, instead of as many as were recorded.")
  private @Nullable Integer processors;

  @Option(
      names = "--keep",
      paramLabel = "DIR",
      description =
          "Keep the workspace in this folder, with a run.sh that repeats the replay without a"
              + " server.")
  private @Nullable Path keep;

  /** Refuses what cannot be meant, before anything is asked of anybody. */
  void check() {
    try {
      limits();
      if (keep != null && !isFree(keep)) {
        throw new IllegalArgumentException(
            "%s is there and not empty; give --keep another folder.".formatted(keep));
      }
    } catch (IllegalArgumentException e) {
      throw spec == null
          ? e
          : new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private static boolean isFree(Path folder) {
    if (Files.notExists(folder)) {
      return true;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    } catch (IOException e) {
      return false; // a file, or nobody's to look into
    }
  }

  private Limits limits() {
    return Limits.of(memory, timeout, processors);
  }

  Host host(Evidence evidence, Map<String, String> environment) {
    return new Host(
        evidence,
        environment,
        Installation.here(),
        InstantSource.system(),
        new SecureRandom(),
        limits(),
        keep == null ? null : keep.toAbsolutePath().normalize());
  }

  /** Puts beside the workspace what it takes to repeat the replay. */
  void keep(Evidence evidence, Screen screen) throws IOException {
    if (keep != null) {
      KeptReplay.write(evidence, again(evidence.run()), keep, screen::tell);
      screen.tell("The workspace is in %s; run.sh repeats the replay.".formatted(keep));
    }
  }

  /** The options of this replay, but for those that only the one time is for, and secrets. */
  private List<String> again(Run run) {
    List<String> words = new ArrayList<>();
    if (spec == null) {
      return words;
    }
    Set<String> secrets = Secrets.wanted(run);
    for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
      String name = option.longestName();
      if (name.equals("--keep") || name.equals("--json")) {
        continue;
      }
      if (option.arity().max() == 0) {
        words.add(name);
      }
      for (String value :
          option.arity().max() == 0 ? List.<String>of() : option.originalStringValues()) {
        if (!name.equals("-p") || !secrets.contains(value.replaceFirst("=.*", ""))) {
          words.add(name);
          words.add(value);
        }
      }
    }
    return words;
  }
}
