package reprise.ledger;

import java.util.List;
import java.util.Map;

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
 */
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
    Map<String, String> variables) {

  public Environment {
    flags = List.copyOf(flags);
    classPath = List.copyOf(classPath);
    variables = Map.copyOf(variables);
  }

  /** A Java installation. */
  public record Jdk(String version, String vendor, String home) {}
}
