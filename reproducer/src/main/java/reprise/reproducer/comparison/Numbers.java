package reprise.reproducer.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The numbers that stand in a text.
 *
 * @param around the text with a mark in the place of each
 * @param values in their order
 */
record Numbers(String around, List<Double> values) {
  /** A number as Java prints it, not a part of a name, a version or a date. */
  static final String ONE = "[-+]?\\d+(?:\\.\\d+)?(?:[eE][-+]?\\d+)?";

  private static final Pattern NUMBER =
      Pattern.compile("(?<![\\w.+-])" + ONE + "(?![\\w-]|\\.\\d)");

  Numbers {
    values = List.copyOf(values);
  }

  static Numbers in(String text) {
    List<Double> values = new ArrayList<>();
    Matcher number = NUMBER.matcher(text);
    String around =
        number.replaceAll(
            found -> {
              values.add(Double.valueOf(found.group()));
              return "#";
            });
    return new Numbers(around, values);
  }

  /** Whether both say the same of as many numbers, which may be others. */
  boolean alike(Numbers other) {
    return around.equals(other.around) && values.size() == other.values.size();
  }

  /** How far each is from the other's; only for those that are {@link #alike}. */
  double[] distances(Numbers other) {
    double[] distances = new double[values.size()];
    for (int i = 0; i < distances.length; i++) {
      distances[i] = Math.abs(values.get(i) - other.values.get(i));
    }
    return distances;
  }
}
