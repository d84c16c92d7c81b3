package reprise.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What surrounded the cells of a session.
 *
 * @param jdk version, vendor and home of the running JDK
 * @param flags the JVM's own options, without our agent and class path
 * @param operatingSystem name, version and architecture, e.g. {@code Linux 6.1 amd64}
 * @param classPath what user code saw when the session began; jars added later stand with the step
 *     that added them
 * @param workingDirectory absolute; relative paths of cells are relative to it
 * @param variables chosen environment variables and those that cells asked for; never all
 * @param user null in what versions wrote that did not look
 * @param absent environment variables that cells asked for and that were not set
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Environment(
    Jdk jdk,
    List<String> flags,
    String operatingSystem,
    int processors,
    long maxHeapBytes,
    List<Jar> classPath,
    String locale,
    String zone,
    String encoding,
    String lineSeparator,
    String workingDirectory,
    Map<String, String> variables,
    @Nullable User user,
    List<String> absent) {

  /**
   * Environment variables that change what Java, the C library or a numeric library does, or where
   * notebooks look for their data: those that are recorded, if they are set.
   */
  public static final Set<String> VARIABLES =
      Set.of(
          "HOME",
          "USER",
          "LOGNAME",
          "LANG",
          "LANGUAGE",
          "LC_ALL",
          "LC_COLLATE",
          "LC_CTYPE",
          "LC_NUMERIC",
          "LC_TIME",
          "TZ",
          "JAVA_HOME",
          "JAVA_TOOL_OPTIONS",
          "JDK_JAVA_OPTIONS",
          "_JAVA_OPTIONS",
          "CLASSPATH",
          "LD_LIBRARY_PATH",
          "LD_PRELOAD",
          "OMP_NUM_THREADS",
          "MKL_NUM_THREADS",
          "OPENBLAS_NUM_THREADS",
          "VECLIB_MAXIMUM_THREADS",
          "MKL_CBWR",
          "CUBLAS_WORKSPACE_CONFIG",
          "PYTORCH_VERSION",
          "PYTORCH_FLAVOR",
          "DJL_CACHE_DIR",
          "ENGINE_CACHE_DIR",
          "CUDA_VISIBLE_DEVICES");

  /** Takes null for what an older version did not know. */
  public Environment(
      Jdk jdk,
      List<String> flags,
      String operatingSystem,
      int processors,
      long maxHeapBytes,
      List<Jar> classPath,
      String locale,
      String zone,
      String encoding,
      String lineSeparator,
      String workingDirectory,
      Map<String, String> variables,
      @Nullable User user,
      @Nullable List<String> absent) {
    this.jdk = jdk;
    this.flags = List.copyOf(flags);
    this.operatingSystem = operatingSystem;
    this.processors = processors;
    this.maxHeapBytes = maxHeapBytes;
    this.classPath = List.copyOf(classPath);
    this.locale = locale;
    this.zone = zone;
    this.encoding = encoding;
    this.lineSeparator = lineSeparator;
    this.workingDirectory = workingDirectory;
    this.variables = Map.copyOf(variables);
    this.user = user;
    this.absent = absent == null ? List.of() : List.copyOf(absent);
  }

  /** The same, with what cells asked for: by name, null for what was not set. */
  Environment with(Map<String, @Nullable String> asked) {
    Map<String, String> set = new HashMap<>(variables);
    Set<String> missed = new TreeSet<>(absent);
    asked.forEach(
        (name, value) -> {
          if (value == null) {
            missed.add(name);
          } else {
            set.put(name, value);
          }
        });
    return new Environment(
        jdk,
        flags,
        operatingSystem,
        processors,
        maxHeapBytes,
        classPath,
        locale,
        zone,
        encoding,
        lineSeparator,
        workingDirectory,
        set,
        user,
        List.copyOf(missed));
  }

  /**
   * The account under which the kernel ran.
   *
   * @param home its folder, absolute
   */
  public record User(String name, String home) {}

  /** A Java installation. */
  public record Jdk(String version, String vendor, String home) {}
}
