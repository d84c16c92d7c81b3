package reprise.extension.headless;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The orders in which folders gave their names when they were recorded. A file system may give the
 * same names in another order, and a program may depend on it.
 */
final class Orders {
  private final Map<Path, List<List<String>>> recorded = new ConcurrentHashMap<>();

  /** From here on the folder also gives its names in this order. */
  void add(Path folder, List<String> names) {
    recorded.merge(
        folder,
        List.of(names),
        (before, last) -> {
          List<List<String>> all = new ArrayList<>(before);
          all.addAll(last);
          return List.copyOf(all);
        });
  }

  /**
   * The names as the recording with the same names had them; without one, those that the latest
   * recording knows come first and in its order.
   */
  String[] ordered(Path folder, String[] names) {
    List<List<String>> known = recorded.get(folder);
    if (known == null) {
      return names;
    }
    Set<String> now = new HashSet<>(Arrays.asList(names));
    List<String> like = known.get(known.size() - 1);
    for (List<String> each : known) {
      if (now.equals(new HashSet<>(each))) {
        like = each;
      }
    }
    Map<String, Integer> places = new HashMap<>();
    for (String name : like) {
      places.put(name, places.size());
    }
    String[] ordered = names.clone();
    Arrays.sort(
        ordered,
        Comparator.comparing((String name) -> places.getOrDefault(name, Integer.MAX_VALUE)));
    return ordered;
  }
}
