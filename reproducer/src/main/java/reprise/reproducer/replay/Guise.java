package reprise.reproducer.replay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import reprise.ledger.Environment;
import reprise.ledger.Home;
import reprise.ledger.Workspace;
import reprise.reproducer.execution.Limits;

/** What a replay's JVM is told, so that it takes itself for the one that was recorded. */
final class Guise {
  private static final List<String> OF_THE_HEAP =
      List.of(
          "-Xms",
          "-Xmx",
          "-Xmn",
          "-XX:InitialHeapSize=",
          "-XX:MinHeapSize=",
          "-XX:MaxHeapSize=",
          "-XX:MaxRAM",
          "-XX:InitialRAMPercentage=",
          "-XX:NewSize=",
          "-XX:MaxNewSize=");

  private final Environment recorded;
  private final Secrets secrets;
  private final Limits limits;
  private final Workspace workspace;

  Guise(Environment recorded, Secrets secrets, Limits limits, Workspace workspace) {
    this.recorded = recorded;
    this.secrets = secrets;
    this.limits = limits;
    this.workspace = workspace;
  }

  /** For the JVM: where, when, under whose name and on how many processors it seems to run. */
  List<String> options() {
    List<String> options = new ArrayList<>();
    recorded.flags().stream()
        .filter(flag -> limits.heap() == null || !isOfTheHeap(flag))
        .forEach(flag -> options.add(secrets.filled(flag)));
    if (limits.heap() != null) {
      options.add("-Xmx" + limits.heap());
    }
    Locale locale = Locale.forLanguageTag(recorded.locale());
    options.add("-Duser.language=" + locale.getLanguage());
    options.add("-Duser.country=" + locale.getCountry());
    options.add("-Duser.timezone=" + recorded.zone());
    options.add("-Dfile.encoding=" + recorded.encoding());
    options.add("-Dline.separator=" + recorded.lineSeparator());
    options.add("-Duser.dir=" + recorded.workingDirectory());
    options.add("-Djava.io.tmpdir=" + workspace.temporary());
    Integer processors = limits.processors();
    options.add(
        "-XX:ActiveProcessorCount=" + (processors == null ? recorded.processors() : processors));
    Environment.User user = recorded.user();
    if (user != null && !isHere(user)) {
      options.add("-Duser.name=" + user.name());
      options.add("-Duser.home=" + user.home());
      options.add("-Dreprise.person=" + Home.person());
      options.add("-Djna.tmpdir=" + workspace.temporary());
      options.add("-Dorg.bytedeco.javacpp.cachedir=" + Home.person().resolve(".javacpp/cache"));
    }
    return options;
  }

  /** A heap that was to begin larger than it may become would keep the JVM from starting. */
  private static boolean isOfTheHeap(String flag) {
    return OF_THE_HEAP.stream().anyMatch(flag::startsWith);
  }

  /** For its environment, and so for the processes that it starts. */
  Map<String, String> variables() {
    Map<String, String> variables = new HashMap<>();
    Environment.User user = recorded.user();
    if (user != null && !isHere(user)) { // no library finds its own files in somebody else's home
      variables.put("DJL_CACHE_DIR", Home.person().resolve(".djl.ai").toString());
    }
    recorded.variables().forEach((name, value) -> variables.put(name, secrets.filled(value)));
    return variables;
  }

  /** What is set here and was not there; an account there always was, recorded or not. */
  Set<String> unset() {
    Set<String> unset = new HashSet<>(Environment.VARIABLES);
    unset.addAll(recorded.absent());
    unset.removeAll(recorded.variables().keySet());
    if (recorded.user() == null) {
      unset.removeAll(Set.of("HOME", "USER", "LOGNAME"));
    }
    return unset;
  }

  private static boolean isHere(Environment.User user) {
    return user.home().equals(Home.person().toString())
        && user.name().equals(System.getProperty("user.name"));
  }
}
