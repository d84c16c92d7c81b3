package reprise.extension.cell;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A cell that is to be executed.
 *
 * @param cell the id that the notebook gives it, else one made from its content and order
 * @param executionCount the number in the notebook's margin; null for silent requests
 */
public record CellRequest(
    String cell, @Nullable Integer executionCount, String source, List<String> tags) {
  public CellRequest {
    tags = List.copyOf(tags);
  }

  /** How people call the cell in a traceback. */
  String label() {
    return executionCount == null ? "cell" : "cell [" + executionCount + "]";
  }
}
