package reprise.server.job.drift;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the values of a column are like, taken in one after the other. */
final class Column {
  // With more values than these, a column is a name or a text, and a new one is nothing new.
  private static final int MOST_CATEGORIES = 100;
  private static final int SHOWN = 3;
  private static final Set<String> MISSING = Set.of("", "na", "nan", "null", "none");

  private final Set<String> categories = new TreeSet<>();
  private long rows;
  private long missing;
  private long numbers;
  private double least = Double.POSITIVE_INFINITY;
  private double most = Double.NEGATIVE_INFINITY;
  private boolean hasTooMany;

  void add(String value) {
    rows++;
    String text = value.strip();
    if (MISSING.contains(text.toLowerCase(Locale.ROOT))) {
      missing++;
    } else {
      addNumber(text);
      addCategory(text);
    }
  }

  private void addNumber(String text) {
    try {
      double number = Double.parseDouble(text);
      numbers++;
      least = Math.min(least, number);
      most = Math.max(most, number);
    } catch (NumberFormatException e) {
      // then it is none
    }
  }

  private void addCategory(String text) {
    if (!hasTooMany) {
      categories.add(text);
      hasTooMany = categories.size() > MOST_CATEGORIES;
    }
  }

  private boolean isNumeric() {
    return numbers > 0 && numbers == rows - missing;
  }

  private double shareMissing() {
    return rows == 0 ? 0 : (double) missing / rows;
  }

  /** In what it has drifted, see {@link DataProfile#since}. */
  List<String> since(Column before, double margin) {
    List<String> lines = new ArrayList<>();
    if (shareMissing() - before.shareMissing() > margin) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%.1f %% missing rather than %.1f %%",
              100 * shareMissing(),
              100 * before.shareMissing()));
    }
    if (before.isNumeric() && isNumeric()) {
      range(before, margin, lines);
    } else if (before.isNumeric() && rows > missing) {
      lines.add("no longer numbers only");
    } else if (!before.hasTooMany && before.rows > before.missing) {
      values(before, lines);
    }
    return lines;
  }

  private void range(Column before, double margin, List<String> lines) {
    double width = before.most - before.least;
    double room = margin * (width > 0 ? width : Math.abs(before.most));
    if (least < before.least - room) {
      lines.add("down to %s rather than %s".formatted(least, before.least));
    }
    if (most > before.most + room) {
      lines.add("up to %s rather than %s".formatted(most, before.most));
    }
  }

  private void values(Column before, List<String> lines) {
    List<String> come = categories.stream().filter(it -> !before.categories.contains(it)).toList();
    if (hasTooMany) {
      lines.add(
          "more than %d values rather than %d"
              .formatted(MOST_CATEGORIES, before.categories.size()));
    } else if (!come.isEmpty()) {
      lines.add(
          (come.size() == 1 ? "the new value " : come.size() + " new values, e.g. ")
              + come.stream()
                  .limit(SHOWN)
                  .map("'%s'"::formatted)
                  .collect(Collectors.joining(", ")));
    }
  }
}
