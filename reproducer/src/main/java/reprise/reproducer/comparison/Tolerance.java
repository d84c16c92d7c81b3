package reprise.reproducer.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How far two numbers of one name may be from one another.
 *
 * @param name of a metric or variable; {@link #ANY} for every number
 * @param bound the farthest, or the largest share of the larger number
 */
record Tolerance(String name, double bound, boolean isShare) {
  static final String ANY = "*";

  /** What two texts are once the numbers that are close enough have been taken out of both. */
  record Pair(String before, String now) {}

  static Tolerance of(String name, String bound) {
    boolean isShare = bound.endsWith("%");
    try {
      double number = Double.parseDouble(isShare ? bound.substring(0, bound.length() - 1) : bound);
      if (number >= 0 && Double.isFinite(number)) {
        return new Tolerance(name, isShare ? number / 100 : number, isShare);
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new IllegalArgumentException(
        "'%s' is no tolerance; give a number such as %s=0.01, or a share such as %s=1%%."
            .formatted(bound, name, name));
  }

  /** Null if there is nothing of this name to forgive, or if it is too far away. */
  @Nullable Pair apply(String what, String before, String now) {
    if (name.equals(ANY) || what.equals(name) || what.equals("metric " + name)) {
      Numbers left = Numbers.in(before);
      Numbers right = Numbers.in(now);
      return left.alike(right) && allows(left.values(), right.values())
          ? new Pair(left.around(), right.around())
          : null;
    }
    return labelled(before, now);
  }

  /** In a text a number is found behind its name, as in {@code accuracy = 0.91}. */
  private @Nullable Pair labelled(String before, String now) {
    Pattern label =
        Pattern.compile(
            "(?i)(?<![\\w.])"
                + Pattern.quote(name)
                + "(?!\\w)[\"']?(?:\\s*[:=]\\s*|\\s+(?:is|of|was)\\s+|\\s+)("
                + Numbers.ONE
                + ")(?![\\w-]|\\.\\d)");
    List<Double> left = new ArrayList<>();
    List<Double> right = new ArrayList<>();
    Pair pair = new Pair(without(label, before, left), without(label, now, right));
    return !left.isEmpty() && left.size() == right.size() && allows(left, right) ? pair : null;
  }

  private static String without(Pattern label, String text, List<Double> numbers) {
    Matcher found = label.matcher(text);
    return found.replaceAll(
        match -> {
          numbers.add(Double.valueOf(match.group(1)));
          String all = match.group();
          return Matcher.quoteReplacement(all.substring(0, match.start(1) - match.start()) + "#");
        });
  }

  private boolean allows(List<Double> before, List<Double> now) {
    for (int i = 0; i < before.size(); i++) {
      double larger = Math.max(Math.abs(before.get(i)), Math.abs(now.get(i)));
      double farthest = isShare ? bound * larger : bound;
      double rounding = Math.ulp(larger); // 0.92 - 0.91 is a little more than 0.01
      if (!(Math.abs(before.get(i) - now.get(i)) <= farthest + rounding)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return "tolerance " + name + "=" + (isShare ? bound * 100 + "%" : String.valueOf(bound));
  }
}
