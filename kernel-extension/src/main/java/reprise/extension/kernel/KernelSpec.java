package reprise.extension.kernel;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.annotations.SerializedName;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
   */
  public static KernelSpec of(Path java, Path lib, List<String> options) {
    List<String> argv = new ArrayList<>();
    argv.add(java.toString());
    argv.addAll(options);
    argv.add("-Dfile.encoding=UTF-8"); // as every JDK from 18 on has it
    argv.add("-cp");
    argv.add(lib + "/*");
    argv.add(Main.class.getName());
    argv.add("{connection_file}");
    return new KernelSpec(argv, "Java (Reprise)", "java", "message", Map.of());
  }

  /** The java of {@code JAVA_HOME}, or whichever comes first on the PATH when the kernel starts. */
  public static Path java(Map<String, String> environment) {
    String home = environment.getOrDefault("JAVA_HOME", "");
    Path java = Path.of(home, "bin", "java");
    return !home.isEmpty() && Files.isExecutable(java) ? java : Path.of("java");
  }

  /** What the person wants the JVM to be started with, split at blanks. */
  public static List<String> options(Map<String, String> environment) {
    String options = environment.getOrDefault("REPRISE_JVM_OPTIONS", "").trim();
    return options.isEmpty() ? List.of() : List.of(options.split("\\s+"));
  }

  /** Where Jupyter looks: below {@code prefix}, or among the person's own kernels if it is null. */
  public static Path folder(@Nullable Path prefix, String name, Map<String, String> environment) {
    Path data = prefix == null ? ownData(environment) : prefix.resolve("share/jupyter");
    return data.resolve("kernels").resolve(name.toLowerCase(Locale.ROOT));
  }

  private static Path ownData(Map<String, String> environment) {
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

  /** The folder with our jar and all that it needs. */
  private static Path lib() throws URISyntaxException {
    return Path.of(KernelSpec.class.getProtectionDomain().getCodeSource().getLocation().toURI())
        .resolveSibling("");
  }

  /** Installs the kernel: {@code [--prefix DIR] [--name NAME]}; prints where. */
  public static void main(String[] arguments) throws IOException, URISyntaxException {
    Path prefix = null;
    String name = NAME;
    for (int i = 0; i + 1 < arguments.length; i += 2) {
      switch (arguments[i]) {
        case "--prefix" -> prefix = Path.of(arguments[i + 1]).toAbsolutePath();
        case "--name" -> name = arguments[i + 1];
        default ->
            throw new IllegalArgumentException("Only --prefix DIR and --name NAME are known.");
      }
    }
    Map<String, String> environment = System.getenv();
    KernelSpec spec = of(java(environment), lib(), options(environment));
    System.out.println(spec.writeTo(folder(prefix, name, environment)).getParent());
  }
}
