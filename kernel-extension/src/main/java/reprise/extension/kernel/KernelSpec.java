package reprise.extension.kernel;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.annotations.SerializedName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What tells Jupyter how to start a kernel. Field names are those of Jupyter's {@code kernel.json}.
 *
 * @param interruptMode {@code message}: a signal would not reach a kernel on Windows or elsewhere
 */
public record KernelSpec(
    List<String> argv,
    @SerializedName("display_name") String displayName,
    String language,
    @SerializedName("interrupt_mode") String interruptMode,
    Map<String, String> env) {
  public static final String NAME = "reprise-java";

  /**
   * Asks a kernel to do what a session does first, for nobody, in a folder to spoil, and to end.
   */
  public static final String REHEARSE = "--rehearse";

  /**
   * An AOT cache remembers what was called often in the rehearsal, and a JVM that uses it compiles
   * all that at once, while the kernel starts: 150 ms until the first result, and no fewer for all
   * that follows.
   */
  private static final List<String> WITHOUT_HASTE =
      List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:-AOTReplayTraining");

  private static final int FIRST_WITH_AOT = 25;
  private static final int REHEARSAL_SECONDS = 60;
  private static final int REHEARSALS = 3;
  private static final String QUIET = "-Xlog:disable"; // of archives that are not used after all

  private static final String TOLERANT = "-XX:+IgnoreUnrecognizedVMOptions"; // of an older java

  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  public KernelSpec {
    argv = List.copyOf(argv);
    env = Map.copyOf(env);
  }

  /**
   * The kernel that consists of the jars in {@code lib}.
   *
   * @param java the program that runs it
   * @param options for the JVM
   * @param main the class that takes the connection file, or {@link #REHEARSE} in its place
   */
  public static KernelSpec of(Path java, Path lib, List<String> options, String main) {
    List<String> argv = new ArrayList<>();
    argv.add(java.toString());
    argv.addAll(options);
    argv.add("-Dfile.encoding=UTF-8"); // as every JDK from 18 on has it
    argv.add("-cp");
    argv.add(lib + "/*");
    argv.add(main);
    argv.add("{connection_file}");
    return new KernelSpec(argv, "Java (Reprise)", "java", "message", Map.of());
  }

  /**
   * The same kernel, which finds its classes in an archive in {@code folder} that is made by
   * starting it once with the same options. A JVM that does not like the archive goes without.
   */
  public KernelSpec rehearsed(Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Path archive = folder.resolve("classes.archive").toAbsolutePath();
    Files.deleteIfExists(archive);
    int version = version();
    List<String> rehearsal = with(recording(version, archive));
    rehearsal.set(rehearsal.indexOf("{connection_file}"), REHEARSE);
    if (version < FIRST_WITH_AOT) { // such a JVM makes no archive beside an agent, but uses one
      rehearsal.removeIf(option -> option.startsWith("-javaagent:"));
    }
    boolean made = false;
    for (int turn = 0; turn < REHEARSALS && !made; turn++) { // a JVM may fail at its own archive
      made = plays(rehearsal, folder.resolve("rehearsal")) && Files.exists(archive);
      if (!made) {
        Files.deleteIfExists(archive);
      }
    }
    return made
        ? new KernelSpec(with(using(version, archive)), displayName, language, interruptMode, env)
        : this;
  }

  /** Returns whether it came to its end. What it leaves behind, a crash report even, is deleted. */
  private static boolean plays(List<String> rehearsal, Path stage)
      throws IOException, InterruptedException {
    Files.createDirectories(stage);
    Process process =
        new ProcessBuilder(rehearsal)
            .directory(stage.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      return process.waitFor(REHEARSAL_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
    } finally {
      process.destroyForcibly().waitFor();
      try (Stream<Path> left = Files.walk(stage)) {
        for (Path path : left.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  private int version() throws IOException, InterruptedException {
    Process process = new ProcessBuilder(argv.get(0), "-version").redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    Matcher version = Pattern.compile("version \"(\\d+)").matcher(said);
    return version.find() ? Integer.parseInt(version.group(1)) : 0;
  }

  private static List<String> recording(int version, Path archive) {
    return version >= FIRST_WITH_AOT
        ? List.of(QUIET, "-XX:AOTCacheOutput=" + archive)
        : List.of(QUIET, "-XX:ArchiveClassesAtExit=" + archive);
  }

  private static List<String> using(int version, Path archive) {
    if (version < FIRST_WITH_AOT) {
      return List.of(QUIET, "-Xshare:auto", "-XX:SharedArchiveFile=" + archive);
    }
    List<String> options = new ArrayList<>(List.of(QUIET, TOLERANT, "-XX:AOTCache=" + archive));
    options.addAll(WITHOUT_HASTE);
    return options;
  }

  private List<String> with(List<String> options) {
    List<String> longer = new ArrayList<>(argv);
    longer.addAll(1, options);
    return longer;
  }

  /** The java of {@code JAVA_HOME}, or whichever comes first on the PATH when the kernel starts. */
  public static Path java(Map<String, String> environment) {
    String home = environment.getOrDefault("JAVA_HOME", "");
    Path java = Path.of(home, "bin", "java");
    return !home.isEmpty() && Files.isExecutable(java) ? java : Path.of("java");
  }

  /** Where Jupyter looks: below {@code prefix}, or among the person's own kernels if it is null. */
  public static Path folder(@Nullable Path prefix, String name, Map<String, String> environment) {
    Path data = prefix == null ? ownData(environment) : prefix.resolve("share/jupyter");
    return data.resolve("kernels").resolve(name.toLowerCase(Locale.ROOT));
  }

  static Path ownData(Map<String, String> environment) {
    Path home = Path.of(System.getProperty("user.home"));
    String told = environment.getOrDefault("JUPYTER_DATA_DIR", "");
    if (!told.isEmpty()) {
      return Path.of(told);
    }
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    if (system.contains("mac")) {
      return home.resolve("Library/Jupyter");
    }
    String roaming = environment.getOrDefault("APPDATA", "");
    if (system.contains("windows") && !roaming.isEmpty()) {
      return Path.of(roaming, "jupyter");
    }
    String shared = environment.getOrDefault("XDG_DATA_HOME", "");
    return (shared.isEmpty() ? home.resolve(".local/share") : Path.of(shared)).resolve("jupyter");
  }

  /** Writes {@code kernel.json} into {@code folder}; what stood there before is replaced. */
  public Path writeTo(Path folder) throws IOException {
    Files.createDirectories(folder);
    return Files.writeString(folder.resolve("kernel.json"), GSON.toJson(this) + "\n");
  }
}
