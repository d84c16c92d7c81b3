package reprise.extension.capture;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a run ends and the next begins. Going back to a cell that had succeeded and executing it
 * again, changed, is a new attempt and so a new run; mending a cell that had failed is not, nor is
 * executing a cell again as it was.
 */
final class RunBoundary {
  private final Map<String, String> succeeded = new HashMap<>();
  private boolean open;
  private @Nullable String running;

  /**
   * Whether a run must open before this cell.
   *
   * @param byHand whether the cell itself asks for it
   */
  boolean comesBefore(String cell, String source, boolean byHand) {
    String before = succeeded.get(cell);
    boolean opens = !open || byHand || (before != null && !before.equals(source));
    if (opens) {
      succeeded.clear();
      open = true;
    }
    running = source;
    return opens;
  }

  /** The cell that {@link #comesBefore} was asked about last has ended. */
  void ended(String cell, boolean well) {
    if (well && running != null) {
      succeeded.put(cell, running);
    }
  }
}
