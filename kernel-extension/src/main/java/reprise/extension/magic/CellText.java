package reprise.extension.magic;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A cell's text, taken apart into Java and magics. */
public final class CellText {
  private static final Pattern CELL_MAGIC =
      Pattern.compile("[ \\t]*%%(?<name>\\w+)(?<arguments>[^\\n]*)(?:\\n|$)");
  private static final Pattern LINE_MAGIC =
      Pattern.compile("[ \\t]*(?:%(?<name>[A-Za-z]\\w*)|!(?=[^=\\s]))(?<arguments>[^\\n]*)");

  private CellText() {}

  /** A stretch of a cell. */
  public sealed interface Part {}

  /** Java, {@code offset} characters into the cell. */
  public record Java(String source, int offset) implements Part {}

  /**
   * A line that begins with {@code %} or {@code !}.
   *
   * @param arguments all that follows the name
   * @param offset where in the cell they begin
   */
  public record LineMagic(String name, String arguments, int offset) implements Part {}

  /** A whole cell that begins with {@code %%}. */
  public record CellMagic(String name, String arguments, String body, int offset) implements Part {}

  public static List<Part> parts(String cell) {
    if (cell.indexOf('%') < 0 && cell.indexOf('!') < 0) {
      return List.of(new Java(cell, 0));
    }
    Matcher whole = CELL_MAGIC.matcher(cell).region(firstLine(cell), cell.length());
    if (whole.lookingAt()) {
      return List.of(
          new CellMagic(
              whole.group("name"),
              whole.group("arguments").trim(),
              cell.substring(whole.end()),
              whole.end()));
    }
    return lines(cell);
  }

  /** Where the first line begins that is neither blank nor a comment of its own. */
  private static int firstLine(String cell) {
    int start = 0;
    while (true) {
      int end = cell.indexOf('\n', start);
      String line = cell.substring(start, end < 0 ? cell.length() : end).strip();
      if (end < 0 || !(line.isEmpty() || line.startsWith("//"))) {
        return start;
      }
      start = end + 1;
    }
  }

  private static List<Part> lines(String cell) {
    List<Part> parts = new ArrayList<>();
    Lexer lexer = new Lexer();
    int java = 0;
    for (int start = 0; start < cell.length(); ) {
      int end = cell.indexOf('\n', start);
      int next = end < 0 ? cell.length() : end + 1;
      Matcher magic = LINE_MAGIC.matcher(cell).region(start, end < 0 ? cell.length() : end);
      if (lexer.inCode() && magic.matches()) {
        addJava(parts, cell, java, start);
        parts.add(magic(magic));
        java = next;
      } else {
        lexer.read(cell, start, next);
      }
      start = next;
    }
    addJava(parts, cell, java, cell.length());
    return parts;
  }

  private static void addJava(List<Part> parts, String cell, int from, int to) {
    if (!cell.substring(from, to).isBlank()) {
      parts.add(new Java(cell.substring(from, to), from));
    }
  }

  private static LineMagic magic(Matcher magic) {
    String name = magic.group("name");
    return new LineMagic(
        name == null ? "sh" : name, magic.group("arguments").trim(), magic.start("arguments"));
  }

  /** Splits arguments at blanks; quotes keep blanks together. */
  static List<String> split(String arguments) {
    List<String> split = new ArrayList<>();
    Matcher word =
        Pattern.compile("\"((?:[^\"\\\\]++|\\\\.)*+)\"|'([^']*)'|(\\S+)").matcher(arguments);
    while (word.find()) {
      String quoted =
          word.group(1) != null ? word.group(1).replaceAll("\\\\(.)", "$1") : word.group(2);
      split.add(quoted != null ? quoted : word.group(3));
    }
    return split;
  }

  /** Knows whether a line begins inside a comment or a text block, where {@code %} is just text. */
  private static final class Lexer {
    private boolean inComment;
    private boolean inTextBlock;

    boolean inCode() {
      return !inComment && !inTextBlock;
    }

    void read(String text, int from, int to) {
      for (int at = from; at < to; ) {
        at = inComment ? comment(text, at) : inTextBlock ? textBlock(text, at) : code(text, at, to);
      }
    }

    private int comment(String text, int at) {
      inComment = !text.startsWith("*/", at);
      return inComment ? at + 1 : at + 2;
    }

    private int textBlock(String text, int at) {
      inTextBlock = !text.startsWith("\"\"\"", at);
      return !inTextBlock ? at + 3 : text.charAt(at) == '\\' ? at + 2 : at + 1;
    }

    private int code(String text, int at, int to) {
      if (text.startsWith("//", at)) {
        return to;
      }
      inComment = text.startsWith("/*", at);
      inTextBlock = text.startsWith("\"\"\"", at);
      if (inComment || inTextBlock) {
        return at + (inComment ? 2 : 3);
      }
      char quote = text.charAt(at);
      return quote == '"' || quote == '\'' ? afterQuote(text, at + 1, to, quote) : at + 1;
    }

    private static int afterQuote(String text, int at, int to, char quote) {
      int end = at;
      while (end < to && text.charAt(end) != quote && text.charAt(end) != '\n') {
        end += text.charAt(end) == '\\' ? 2 : 1;
      }
      return end + 1;
    }
  }
}
