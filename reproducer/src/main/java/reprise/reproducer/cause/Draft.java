package reprise.reproducer.cause;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Run;
import reprise.ledger.Step;
import reprise.ledger.Wire;
import reprise.reproducer.comparison.Alignment.Pair;

/**
 * A run in the making: one that was recorded, with some of it taken from another. It is handled as
 * the JSON in which runs are written down anyway, for there every part of one has a name and can be
 * put into the place of its like.
 */
final class Draft {
  private final ObjectNode run;
  private final List<Place> places = new ArrayList<>();

  /** Where a step of the one run, of the other, or of both stands. */
  private static final class Place {
    private final ObjectNode step;
    private boolean isPresent;
    private final Map<Integer, Edit> edits = new TreeMap<>(Comparator.reverseOrder());

    Place(Step step, boolean isPresent) {
      this.step = Wire.JSON.valueToTree(step);
      this.isPresent = isPresent;
    }

    String source() {
      StringBuilder source = new StringBuilder(step.path("source").asText());
      edits.values().forEach(edit -> source.replace(edit.start(), edit.end(), edit.text()));
      return source.toString();
    }
  }

  private record Edit(int start, int end, String text) {}

  /**
   * @param pairs the steps of {@code base} are on the left
   */
  Draft(Run base, List<Pair> pairs) {
    this.run = Wire.JSON.valueToTree(base.only(List.of()));
    for (Pair pair : pairs) {
      Step left = pair.left();
      Step right = pair.right();
      if (left != null) {
        places.add(new Place(left, true));
      } else if (right != null) {
        places.add(new Place(right, false));
      }
    }
  }

  /** What surrounds the cells. */
  ObjectNode environment() {
    return (ObjectNode) run.path("environment");
  }

  /** All of the step in this place but its number. */
  ObjectNode step(int place) {
    return at(place).step;
  }

  private Place at(int place) {
    return places.get(place);
  }

  /** Puts another constant where one stands in the recorded source; none may overlap. */
  void edit(int place, int start, int end, String text) {
    at(place).edits.put(start, new Edit(start, end, text));
  }

  /** Has the step in this place executed, or not. */
  void include(int place, boolean present) {
    at(place).isPresent = present;
  }

  /** The places of the steps of {@link #run}, in its order. */
  List<Integer> present() {
    List<Integer> present = new ArrayList<>();
    for (int i = 0; i < places.size(); i++) {
      if (at(i).isPresent) {
        present.add(i);
      }
    }
    return present;
  }

  /** The run as it is by now, its steps numbered from 1. */
  Run run() {
    ObjectNode whole = run.deepCopy();
    ArrayNode history = whole.putArray("history");
    for (int i : present()) {
      ObjectNode step = at(i).step.deepCopy();
      step.put("source", at(i).source());
      history.add(step.put("step", history.size() + 1));
    }
    try {
      return Wire.JSON.treeToValue(whole, Run.class);
    } catch (JsonProcessingException e) {
      throw new AssertionError("made of two runs, and is none", e);
    }
  }

  /** Puts what {@code from} has under this name, be it nothing, into the place of its like. */
  static void put(ObjectNode into, String field, @Nullable JsonNode from) {
    if (from == null || from.isMissingNode() || from.isNull()) {
      into.remove(field);
    } else {
      into.set(field, from.deepCopy());
    }
  }
}
