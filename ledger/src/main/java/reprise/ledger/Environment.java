package reprise.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
 * @param variables chosen environment variables only, never all
 * @param user null in what versions wrote that did not look
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
    @Nullable User user) {

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

  public Environment {
    flags = List.copyOf(flags);
    classPath = List.copyOf(classPath);
    variables = Map.copyOf(variables);
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
