package reprise.extension.agent;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.util.Objects;
import jdk.jshell.JShell;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import org.jspecify.annotations.Nullable;

/** What JShell knows and does not say. Where a JDK has it otherwise, nothing is known. */
public final class ShellInsides {
  private static final int DEEPEST = 20;

  private ShellInsides() {}

  /** Whether snippets are executed in this JVM, where they can be seen. */
  public static boolean executesHere(JShell shell) {
    try {
      MethodHandle control =
          inside(JShell.class)
              .findVirtual(
                  JShell.class, "executionControl", MethodType.methodType(ExecutionControl.class));
      return control.invoke(shell) instanceof DirectExecutionControl;
    } catch (Throwable e) {
      return true; // we shall see
    }
  }

  /**
   * An exception with the stack traces of {@code thrown} and its causes in the lines of snippets;
   * null if they cannot be had.
   */
  public static @Nullable Throwable translated(JShell shell, Throwable thrown) {
    try {
      Class<?> type = Class.forName("jdk.jshell.Eval");
      Object eval = inside(JShell.class).findGetter(JShell.class, "eval", type).invoke(shell);
      MethodHandle translate =
          inside(type)
              .findVirtual(
                  type,
                  "translateExceptionStack",
                  MethodType.methodType(StackTraceElement[].class, Exception.class));
      return translated(translate.bindTo(eval), thrown, 0);
    } catch (Throwable e) {
      return null;
    }
  }

  private static Throwable translated(MethodHandle translate, Throwable thrown, int depth)
      throws Throwable {
    Throwable cause = depth < DEEPEST ? thrown.getCause() : null;
    Exception copy =
        cause == null ? new Exception() : new Exception(translated(translate, cause, depth + 1));
    copy.setStackTrace(thrown.getStackTrace());
    copy.setStackTrace((StackTraceElement[]) translate.invoke(copy));
    return copy;
  }

  private static Lookup inside(Class<?> type) throws IllegalAccessException {
    return FileHooks.lookupIn(
        type, Objects.requireNonNull(Agent.instrumentation(), "the agent is here"));
  }
}
