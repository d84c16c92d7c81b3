package reprise.ledger.slice;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import reprise.ledger.Step;

/** What a step's source tells that its bytecode's references do not. */
final class Text {
  private static final Pattern IMPORT =
      Pattern.compile("(?m)^\\s*import\\s+(?:static\\s+)?[\\w.\\s]*?(\\w+|\\*)\\s*;");

  /** Magics put jars on the class path, start processes and the like. */
  private static final Pattern MAGIC = Pattern.compile("(?m)^\\s*[%!](?!%?(?:time|reprise)\\b)\\S");

  /** Parentheses with no more than one pair inside, so that no text takes long to be searched. */
  private static final String ARGUMENTS = "\\([^;(){}]*(?:\\([^;(){}]*\\)[^;(){}]*)*\\)";

  /** What is set on a class is set for all: properties, time zones, loggers, seeds of libraries. */
  private static final Pattern SETS_FOR_ALL =
      Pattern.compile(
          "\\b(?!(?:Arrays|Array|Collections|Files)\\b)[A-Z]\\w*\\s*\\.\\s*(?:\\w+\\s*"
              + ARGUMENTS
              + "\\s*\\.\\s*){0,3}"
              + "(?:set|add|put|register|deregister|remove|clear|install|init|configure|enable|disable|reset|loadLibrary)"
              + "\\w*\\s*\\(|\\bSystem\\s*\\.\\s*(?:load|getProperties)\\b");

  private Text() {}

  static boolean hasMagic(Step step) {
    return MAGIC.matcher(step.source()).find();
  }

  static boolean setsForAll(Step step) {
    return SETS_FOR_ALL.matcher(step.source()).find();
  }

  /** Whether {@code earlier} imports something that {@code later} names, or may name. */
  static boolean imports(Step earlier, Step later) {
    return imported(earlier).stream()
        .anyMatch(name -> name.equals("*") || mentions(later.source(), name));
  }

  private static List<String> imported(Step step) {
    List<String> names = new ArrayList<>();
    Matcher found = IMPORT.matcher(step.source());
    while (found.find()) {
      names.add(found.group(1));
    }
    return names;
  }

  private static boolean mentions(String source, String name) {
    return Pattern.compile("\\b" + Pattern.quote(name) + "\\b").matcher(source).find();
  }
}
