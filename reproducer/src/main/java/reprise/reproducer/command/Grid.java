package reprise.reproducer.command;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All combinations of parameters' values; the last parameter changes first. */
final class Grid implements Iterable<Map<String, String>> {
  private static final String COMMA = "(?<!\\\\),";

  private List<Map<String, String>> points = List.of(Map.of());

  /**
   * @param lists by name, values with commas between them
   * @param single those of them that are one value, whatever is in it
   */
  Grid(Map<String, String> lists, Map<String, String> single) {
    lists.forEach(
        (name, list) ->
            spread(
                name, single.containsKey(name) ? List.of(list) : List.of(list.split(COMMA, -1))));
  }

  private void spread(String name, List<String> values) {
    List<Map<String, String>> more = new ArrayList<>();
    for (Map<String, String> point : points) {
      for (String value : values) {
        Map<String, String> next = new LinkedHashMap<>(point);
        next.put(name, value.replace("\\,", ","));
        more.add(next);
      }
    }
    points = more;
  }

  @Override
  public Iterator<Map<String, String>> iterator() {
    return points.iterator();
  }
}
