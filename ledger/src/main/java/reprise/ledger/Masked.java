package reprise.ledger;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What stands in a record where a secret stood: {@code [masked:password]}. The name says which one,
 * so that a replay can ask for it; the secret itself was never written down.
 */
public final class Masked {
  private static final Pattern MARK = Pattern.compile("\\[masked:([\\w.-]{1,64})]");
  private static final String VARIABLE = "REPRISE_SECRET_";

  private Masked() {}

  /** What takes the place of the secret called {@code name}. */
  public static String mark(String name) {
    return "[masked:" + name + "]";
  }

  /** The names of the secrets that stood in a text, in the order of the alphabet. */
  public static Set<String> names(String text) {
    return text.indexOf("[masked:") < 0
        ? Set.of()
        : MARK.matcher(text)
            .results()
            .map(found -> found.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The text as it was, as far as its secrets are among {@code secrets}. */
  public static String filled(String text, Map<String, String> secrets) {
    return MARK.matcher(text)
        .replaceAll(
            found -> Matcher.quoteReplacement(secrets.getOrDefault(found.group(1), found.group())));
  }

  /** The text with all secrets alike: which name one was given depends on what came before. */
  public static String alike(String text) {
    return text.indexOf("[masked:") < 0 ? text : MARK.matcher(text).replaceAll("[masked]");
  }

  /**
   * Whether two texts are the same where neither has a mark. One may know a secret that the other
   * does not, and have a mark where that has the secret itself.
   */
  public static boolean same(String one, String other) {
    return alike(one).equals(alike(other)) || covers(one, other) || covers(other, one);
  }

  private static boolean covers(String marked, String text) {
    String[] between = MARK.split(marked, -1);
    String last = between[between.length - 1];
    if (between.length == 1 || !text.startsWith(between[0])) {
      return false;
    }
    int at = between[0].length();
    for (int i = 1; i < between.length - 1; i++) {
      int next = text.indexOf(between[i], at + 1); // where a mark stands there was something
      if (next < 0) {
        return false;
      }
      at = next + between[i].length();
    }
    return text.length() - last.length() > at && text.endsWith(last);
  }

  /** The environment variable in which a replay looks for the secret called {@code name}. */
  public static String variable(String name) {
    return VARIABLE + name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
  }

  /** Whether an environment variable holds a secret for a replay. */
  public static boolean isVariable(String name) {
    return name.startsWith(VARIABLE);
  }
}
