package reprise.extension.capture;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reprise.extension.agent.FileState;

/**
 * Files that a step has opened as databases. Native code writes them out of sight, also in later
 * steps through a connection that stays open, so they are looked at when a step ends.
 */
final class Databases {
  static final String NOTE = "a database, seen by its connection";
  private static final int MOST = 100;

  private final UnaryOperator<Path> redirection;
  private final Map<Path, @Nullable FileState> states = new LinkedHashMap<>();

  Databases(UnaryOperator<Path> redirection) {
    this.redirection = redirection;
  }

  /** The file is about to be opened. */
  synchronized void open(Path path) {
    if (states.size() < MOST) {
      states.put(path, stateOf(path));
    }
  }

  /** Gives those that have changed since they were last looked at to the step that did it. */
  synchronized void settle(StepFiles step) {
    for (Map.Entry<Path, @Nullable FileState> each : states.entrySet()) {
      FileState now = stateOf(each.getKey());
      if (now != null && now.isFile() && !now.equals(each.getValue())) {
        step.written(each.getKey(), now, NOTE);
      }
      each.setValue(now);
    }
  }

  private @Nullable FileState stateOf(Path path) {
    return FileState.ifThere(redirection.apply(path));
  }
}
