package reprise.extension.cell;

import java.util.regex.Pattern;

/**
 * Tells statements from declarations by their first words. A statement inside a block costs a third
 * of what JShell needs for one by itself, because nobody asks for the type of its value; and
 * several in one block cost little more. Whoever relies on the guess must be able to do without: a
 * block that does not compile has done nothing yet.
 */
final class Statement {
  private static final String NAME = "[\\p{L}_$][\\p{L}\\p{N}_$]*";
  private static final String PATH = NAME + "(?:\\s*\\.\\s*" + NAME + ")*";
  private static final Pattern WITHOUT_VALUE =
      Pattern.compile(
          "(?:(?:if|for|while|switch|synchronized)\\s*\\(|(?:do|try)\\b|throw\\b"
              + "|System\\s*\\.\\s*(?:out|err)\\s*\\.\\s*(?:print(?:ln|f)?|format)\\s*\\("
              + "|"
              + PATH
              + "(?:\\s*\\[[^\\]]*\\])*\\s*(?:[-+*/%&|^]|<<|>>>?)?=[^=])"
              + "(?s:.*)");
  private static final Pattern WITH_VALUE =
      Pattern.compile("(?:new\\b|" + PATH + "\\s*\\()(?s:.*);\\s*");

  private Statement() {}

  /**
   * Whether {@code snippet} seems to be a statement.
   *
   * @param last whether it ends the cell, where the value of an expression is the result
   */
  static boolean is(String snippet, boolean last) {
    return WITHOUT_VALUE.matcher(snippet).matches()
        || (!last && WITH_VALUE.matcher(snippet).matches());
  }
}
