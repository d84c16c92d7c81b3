package reprise.reproducer.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import reprise.ledger.Run;
import reprise.reproducer.replay.Alterations;
import reprise.reproducer.replay.Secrets;

/** The options that say in what replays are to be otherwise than their run. */
final class AlterationOptions {
  @Option(
      names = "--live-data",
      paramLabel = "PATH",
      arity = "0..1",
      fallbackValue = Alterations.EVERYTHING,
      description =
          "Read this file or folder as it is now, instead of as it was recorded; without a path"
              + " all of them. May be repeated.")
  private List<String> liveData = new ArrayList<>();

  @Option(
      names = "--fresh-chance",
      description = "New random numbers and the real clock, instead of the recorded ones.")
  private boolean freshChance;

  @Option(
      names = "--online",
      description =
          "Let the cells reach the network, instead of giving them the replies that were recorded.")
  private boolean online;

  @Option(
      names = "--jdk",
      paramLabel = "HOME",
      description = "Use the JDK in this folder, instead of the recorded one.")
  private @Nullable Path jdk;

  @Option(
      names = "--to",
      paramLabel = "STEP",
      description = "Replay up to this step only, by its number in 'reprise show'.")
  private @Nullable Integer to;

  @Option(
      names = "--slice",
      description =
          "Replay only what the last step needs; all of it, if that does not come out the same.")
  private boolean slice;

  /** The alterations with parameters by name; secrets among them are none. */
  Alterations with(Map<String, String> given, Run run) {
    Map<String, String> parameters = new LinkedHashMap<>(given);
    parameters.keySet().removeAll(Secrets.wanted(run));
    return new Alterations(
        parameters, new LinkedHashSet<>(liveData), freshChance, online, jdk, to, slice);
  }

  /** Those of them that are secrets of the run. */
  static Map<String, String> secrets(Map<String, String> given, Run run) {
    Map<String, String> secrets = new LinkedHashMap<>(given);
    Set<String> wanted = Secrets.wanted(run);
    secrets.keySet().retainAll(wanted);
    return secrets;
  }
}
