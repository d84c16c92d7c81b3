package reprise.reproducer.comparison;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Whether two texts say the same. */
final class Sameness {
  private static final List<Normaliser> ALL = Arrays.asList(Normaliser.values());

  private Sameness() {}

  /**
   * The normalisers without which the texts would differ: none if they are the same as they stand.
   *
   * @return empty if the texts differ even after all of them
   */
  static Optional<List<Normaliser>> of(String expected, String actual) {
    if (expected.equals(actual)) {
      return Optional.of(List.of());
    }
    if (!same(ALL, expected, actual)) {
      return Optional.empty();
    }
    List<Normaliser> needed = new ArrayList<>(ALL);
    for (Normaliser candidate : ALL) {
      needed.remove(candidate);
      if (!same(needed, expected, actual)) {
        needed.add(candidate);
      }
    }
    return Optional.of(List.copyOf(needed));
  }

  private static boolean same(List<Normaliser> normalisers, String expected, String actual) {
    return normalised(normalisers, expected).equals(normalised(normalisers, actual));
  }

  private static String normalised(List<Normaliser> normalisers, String text) {
    String result = text;
    for (Normaliser normaliser : ALL) { // always in the same order, whichever are left out
      if (normalisers.contains(normaliser)) {
        result = normaliser.apply(result);
      }
    }
    return result;
  }
}
