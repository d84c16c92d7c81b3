package reprise.extension.agent;

import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/** Where the JVM hands over the power to change classes: {@code -javaagent}. */
public final class Agent {
  private static volatile @Nullable Instrumentation instrumentation;

  private Agent() {}

  /**
   * Called by the JVM before {@code main}. Weaves nothing yet: that waits for {@link FileHooks}.
   */
  public static void premain(@Nullable String options, Instrumentation given) {
    instrumentation = given;
  }

  /** Null if the JVM was started without the agent. */
  static @Nullable Instrumentation instrumentation() {
    return instrumentation;
  }

  /**
   * Behaves from now on as if there were no agent. A JVM that makes an archive of its classes dies
   * when some that it cannot do without have been woven.
   */
  public static void rest() {
    instrumentation = null;
  }

  /** Whether the JVM was started with the agent, so that files can be seen. */
  public static boolean present() {
    return instrumentation != null;
  }
}
