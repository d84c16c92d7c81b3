package reprise.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a JVM that records cells is started with, by Jupyter and by {@code reprise run} alike. */
public final class NotebookJvm {
  /**
   * The JVM's second compiler sets in at three times the usual calls and loops. As it is, a third
   * of what a start costs is its work on what will hardly run again; code that is worth it gets
   * there as well.
   */
  private static final List<String> UNHURRIED =
      List.of(
          "-XX:Tier4InvocationThreshold=15000",
          "-XX:Tier4MinInvocationThreshold=1800",
          "-XX:Tier4CompileThreshold=45000",
          "-XX:Tier4BackEdgeThreshold=120000");

  private NotebookJvm() {}

  /** Ours, then those of {@code REPRISE_JVM_OPTIONS}, split at blanks; a JVM heeds the last. */
  public static List<String> options(Map<String, String> environment) {
    List<String> options = new ArrayList<>(UNHURRIED);
    String wanted = environment.getOrDefault("REPRISE_JVM_OPTIONS", "").strip();
    if (!wanted.isEmpty()) {
      options.addAll(List.of(wanted.split("\\s+")));
    }
    return options;
  }
}
