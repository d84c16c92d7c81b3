package reprise.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Outputs as they stand under a cell once later ones have had their effect on earlier ones. */
public final class Outputs {
  private final List<Output> shown = new ArrayList<>();
  private boolean clearsWithNext;

  private Outputs() {}

  /**
   * Joins consecutive pieces of one stream (where a text was cut is chance, not content), applies
   * updates to the displays they name and takes back what was cleared. An update whose display
   * stands under another cell has no effect here.
   */
  public static List<Output> shown(Iterable<Output> inOrder) {
    Outputs outputs = new Outputs();
    inOrder.forEach(outputs::add);
    return List.copyOf(outputs.shown);
  }

  private void add(Output output) {
    if (output instanceof Output.Cleared cleared) {
      clearsWithNext = cleared.waits();
      if (!cleared.waits()) {
        shown.clear();
      }
      return;
    }
    if (clearsWithNext) {
      clearsWithNext = false;
      shown.clear();
    }
    if (output instanceof Output.DisplayUpdate update) {
      shown.replaceAll(earlier -> updated(earlier, update));
    } else if (output instanceof Output.Stream stream) {
      addText(stream);
    } else {
      shown.add(output);
    }
  }

  private void addText(Output.Stream piece) {
    int last = shown.size() - 1;
    if (last >= 0
        && shown.get(last) instanceof Output.Stream before
        && before.name().equals(piece.name())) {
      shown.set(last, new Output.Stream(piece.name(), before.text() + piece.text()));
    } else {
      shown.add(piece);
    }
  }

  private static Output updated(Output earlier, Output.DisplayUpdate update) {
    return earlier instanceof Output.Display display
            && update.displayId().equals(display.displayId())
        ? new Output.Display(update.data(), update.metadata(), display.displayId())
        : earlier;
  }

  /** The forms of a result or display by mime type; none for other kinds. */
  public static Map<String, JsonNode> forms(Output output) {
    if (output instanceof Output.Result result) {
      return result.data();
    }
    return output instanceof Output.Display display ? display.data() : Map.of();
  }
}
