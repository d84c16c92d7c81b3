package reprise.extension.cell;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.function.Consumer;
import jdk.jshell.execution.DirectExecutionControl;
import org.jspecify.annotations.Nullable;

/**
 * Runs snippets in this JVM, on the thread that asks. JShell wants results as text; here the
 * objects themselves are kept aside, because results are rendered and variables compared by us.
 */
final class SnippetExecution extends DirectExecutionControl {
  private final Consumer<Boolean> compiling;
  private @Nullable Object result;
  private @Nullable Throwable thrown;

  /**
   * @param compiling told whether the compiler works; it does not while a snippet runs
   */
  SnippetExecution(UserClasses classes, Consumer<Boolean> compiling) {
    super(classes);
    this.compiling = compiling;
  }

  @Override
  protected void clientCodeEnter() {
    compiling.accept(false);
  }

  @Override
  protected void clientCodeLeave() {
    compiling.accept(true);
  }

  /** What the last snippet returned; asked once, so that it can be garbage afterwards. */
  @Nullable Object takeResult() {
    Object taken = result;
    result = null;
    return taken;
  }

  /** What the last snippet threw, as it was thrown. */
  @Nullable Throwable takeThrown() {
    Throwable taken = thrown;
    thrown = null;
    return taken;
  }

  @Override
  protected String invoke(Method snippet) throws Exception {
    result = snippet.invoke(null);
    return "";
  }

  @Override
  public String varValue(String className, String name) throws InternalException {
    try {
      Field field = findClass(className).getDeclaredField(name);
      field.setAccessible(true);
      result = field.get(null);
      return "";
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new InternalException(e.toString());
    }
  }

  @Override
  protected String throwConvertedInvocationException(Throwable cause)
      throws RunException, InternalException {
    thrown = cause;
    return super.throwConvertedInvocationException(cause);
  }
}
