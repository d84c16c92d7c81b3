package reprise.extension.cell;

import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Function;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.VarSnippet;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Parameter;

/**
 * The top-level variables of a session. Which of them a cell assigned is seen by comparing what
 * they hold with what they held before: however the assignment came about, through a method of
 * another cell or on another thread, it shows.
 */
final class Variables {
  private static final int KEPT_RESULTS = 8;

  private final JShell shell;
  private final Function<VarSnippet, @Nullable Object> values;
  private final Map<String, @Nullable Object> before = new HashMap<>();
  private final Map<String, Place> declared = new HashMap<>();
  private final Queue<VarSnippet> results = new ArrayDeque<>();

  /**
   * @param values gives what a variable holds, without running any code of the notebook's
   */
  Variables(JShell shell, Function<VarSnippet, @Nullable Object> values) {
    this.shell = shell;
    this.values = values;
  }

  void begin() {
    declared.clear();
  }

  void declared(Snippet snippet, Place place) {
    if (snippet instanceof VarSnippet variable) {
      if (named(variable)) {
        declared.put(variable.name(), place);
      } else {
        results.add(variable);
      }
    }
  }

  /**
   * JShell gives every result a name ({@code $1}) and imports all of them into every later snippet.
   * Only the latest are worth that, and the memory that they hold.
   */
  void forgetResults() {
    while (results.size() > KEPT_RESULTS) {
      shell.drop(results.remove());
    }
  }

  static boolean named(VarSnippet variable) {
    return variable.subKind() != Snippet.SubKind.TEMP_VAR_EXPRESSION_SUBKIND;
  }

  List<Variable> touched() {
    List<Variable> touched = new ArrayList<>();
    for (VarSnippet variable : shell.variables().filter(Variables::named).toList()) {
      if (shell.status(variable) == Snippet.Status.VALID) {
        Object value = values.apply(variable);
        boolean isNew = declared.containsKey(variable.name());
        if (isNew || !same(value, before.get(variable.name()))) {
          touched.add(touched(variable, value, isNew));
        }
        before.put(variable.name(), remembered(value));
      }
    }
    return touched;
  }

  private Variable touched(VarSnippet variable, @Nullable Object value, boolean isNew) {
    Place place = declared.get(variable.name());
    Parameter parameter = place == null ? null : Constant.of(variable, place);
    return new Variable(variable.name(), variable.typeName(), value, isNew, parameter);
  }

  /** A boxed number is kept; an object only weakly, because it is the notebook's to let go. */
  private static @Nullable Object remembered(@Nullable Object value) {
    return value == null || boxed(value) ? value : new WeakReference<>(value);
  }

  /** Never asks what it holds now, whose {@code equals} could do anything. */
  private static boolean same(@Nullable Object now, @Nullable Object remembered) {
    return remembered instanceof WeakReference<?> object
        ? now != null && object.get() == now
        : remembered == null ? now == null : remembered.equals(now);
  }

  private static boolean boxed(Object value) {
    return (value instanceof Number && value.getClass().getPackageName().equals("java.lang"))
        || value instanceof Boolean
        || value instanceof Character;
  }
}
