package reprise.extension.cell;

import java.util.HashMap;
import java.util.Map;
import reprise.ledger.Digest;

/**
 * Names for cells whose client sends none: made from the content, and from how many different cells
 * with this content came before, so that a cell that runs again keeps its name.
 */
public final class CellNames {
  private static final int DIGITS = 12;

  private final Map<String, String> names = new HashMap<>();

  /** The name of a cell with this content. */
  public String of(String source) {
    return names.computeIfAbsent(
        source, text -> Digest.of(text).hex().substring(0, DIGITS) + "-" + (names.size() + 1));
  }
}
