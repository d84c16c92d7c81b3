package reprise.extension.cell;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.VarSnippet;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Parameter;

/**
 * Finds the constant from which a declaration sets its variable. Text is enough for that: whatever
 * does not look exactly like {@code name = literal} is no parameter, and a parser would cost more
 * than the cell that it parses.
 */
final class Constant {
  private static final int LONGEST = 4096;
  private static final String NUMBER =
      "[-+]?\\s*(?:0[xXbB][0-9a-fA-F_]+[lL]?|(?:\\d[\\d_]*\\.?[\\d_]*|\\.\\d[\\d_]*)(?:[eE][-+]?\\d+)?[lLfFdD]?)";
  private static final String TEXT = "\"\"\"(?s:.*?)(?<!\\\\)\"\"\"|\"(?:[^\"\\\\\\n]++|\\\\.)*+\"";
  private static final String CHARACTER = "'(?:[^'\\\\\\n]|\\\\[^\\n]{1,5}?)'";
  private static final Pattern COMMENT =
      Pattern.compile(TEXT + "|" + CHARACTER + "|//[^\\n]*|/\\*(?s:.*?)\\*/");

  private Constant() {}

  static @Nullable Parameter of(VarSnippet variable, Place place) {
    String source = variable.source();
    if (source.length() > LONGEST) {
      return null;
    }
    Pattern declaration =
        Pattern.compile(
            "(?<![\\w$.])"
                + Pattern.quote(variable.name())
                + "\\s*=\\s*(?<constant>true|false|"
                + NUMBER
                + "|"
                + TEXT
                + "|"
                + CHARACTER
                + ")\\s*(?:[,;]|$)");
    Matcher found = declaration.matcher(withoutComments(source));
    if (!found.find()) {
      return null;
    }
    return new Parameter(
        variable.name(),
        variable.typeName(),
        source.substring(found.start("constant"), found.end("constant")),
        place.offset() + found.start("constant"),
        place.offset() + found.end("constant"));
  }

  /** The same text with blanks for comments, so that every character keeps its place. */
  private static String withoutComments(String source) {
    return COMMENT
        .matcher(source)
        .replaceAll(
            found ->
                found.group().startsWith("/")
                    ? " ".repeat(found.group().length())
                    : Matcher.quoteReplacement(found.group()));
  }
}
