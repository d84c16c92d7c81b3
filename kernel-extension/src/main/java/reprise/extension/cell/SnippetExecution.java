package reprise.extension.cell;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import jdk.jshell.execution.DirectExecutionControl;
import org.jspecify.annotations.Nullable;

/**
 * Runs snippets in this JVM, on the thread that asks. JShell wants results as text; here the
 * objects themselves are kept aside, because results are rendered and variables compared by us.
 */
final class SnippetExecution extends DirectExecutionControl {
  private @Nullable Object result;
  private @Nullable Throwable thrown;

  SnippetExecution(UserClasses classes) {
    super(classes);
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
