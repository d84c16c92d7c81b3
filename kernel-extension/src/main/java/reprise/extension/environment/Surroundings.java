package reprise.extension.environment;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Digest;
import reprise.ledger.Environment;
import reprise.ledger.Jar;

/** The environment of this JVM, as far as it can change what a cell does. */
public final class Surroundings {
  /** Flags that are ours, or say where something lies rather than what it does. */
  private static final List<String> PASSED_OVER =
      List.of(
          "-javaagent:",
          "-Dreprise.",
          "-Djava.class.path=",
          "-Duser.dir=",
          "-Duser.home=",
          "-Duser.name=",
          "-Dreprise.person=",
          "-Djna.tmpdir=",
          "-Dorg.bytedeco.javacpp.cachedir=",
          "-XX:ActiveProcessorCount=",
          "-Djava.io.tmpdir=",
          "-Xlog:disable",
          "-Xshare:",
          "-XX:SharedArchiveFile=",
          "-XX:AOTCache=",
          "-XX:+IgnoreUnrecognizedVMOptions");

  private static final Pattern OUR_AGENT =
      Pattern.compile(
          "\"-javaagent:[^\"]*/agent/kernel-extension[^\"]*\"|-javaagent:\\S*/agent/kernel-extension\\S*");

  private Surroundings() {}

  /**
   * Looks around.
   *
   * @param classPath what user code can see now; jars are read once for their digests
   */
  public static Environment now(List<Path> classPath) {
    Runtime runtime = Runtime.getRuntime();
    return new Environment(
        new Environment.Jdk(
            System.getProperty("java.version"),
            System.getProperty("java.vendor"),
            System.getProperty("java.home")),
        flags(),
        "%s %s %s"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch")),
        runtime.availableProcessors(),
        runtime.maxMemory(),
        classPath.stream().map(jar -> jar(jar, null)).toList(),
        Locale.getDefault().toLanguageTag(),
        ZoneId.systemDefault().getId(),
        Charset.defaultCharset().name(),
        System.lineSeparator(),
        System.getProperty("user.dir"),
        variables(System.getenv()),
        new Environment.User(System.getProperty("user.name"), System.getProperty("user.home")),
        List.of());
  }

  private static List<String> flags() {
    List<String> flags = new ArrayList<>();
    for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (PASSED_OVER.stream().noneMatch(flag::startsWith)) {
        flags.add(flag);
      }
    }
    return flags;
  }

  private static Map<String, String> variables(Map<String, String> all) {
    Map<String, String> chosen = new TreeMap<>(all);
    chosen.keySet().retainAll(Environment.VARIABLES);
    chosen.computeIfPresent("JAVA_TOOL_OPTIONS", (name, options) -> withoutOurAgent(options));
    return chosen;
  }

  /** A recorded twin's kernel has it from its kernelspec, and a replay has an agent of its own. */
  private static @Nullable String withoutOurAgent(String options) {
    String rest = OUR_AGENT.matcher(options).replaceAll("").strip();
    return rest.isEmpty() ? null : rest;
  }

  /**
   * What is known of a jar or folder.
   *
   * @param coordinates under which a repository gave it; null if none did
   */
  public static Jar jar(Path path, @Nullable String coordinates) {
    String known = coordinates == null ? Coordinates.of(path) : coordinates;
    boolean onlyHere = coordinates == null && known != null;
    return new Jar(
        path.toAbsolutePath().toString(), known, digest(path), onlyHere ? Boolean.TRUE : null);
  }

  private static @Nullable Digest digest(Path path) {
    try {
      return Files.isRegularFile(path) ? Digest.of(path) : null;
    } catch (IOException e) {
      return null; // the class loader will fail on it with a better sentence than we have
    }
  }
}
