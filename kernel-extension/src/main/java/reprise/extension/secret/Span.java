package reprise.extension.secret;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A stretch of a text that is a secret.
 *
 * @param name what people would call it
 */
record Span(int start, int end, String name) {
  /** The same stretches in order, with those in one that overlap. */
  static List<Span> merged(List<Span> found) {
    if (found.size() < 2) {
      return found;
    }
    List<Span> inOrder = new ArrayList<>(found);
    inOrder.sort(Comparator.comparingInt(Span::start));
    List<Span> merged = new ArrayList<>();
    for (Span next : inOrder) {
      int last = merged.size() - 1;
      if (last >= 0 && next.start < merged.get(last).end) {
        Span before = merged.get(last);
        merged.set(last, new Span(before.start, Math.max(before.end, next.end), before.name));
      } else {
        merged.add(next);
      }
    }
    return merged;
  }
}
