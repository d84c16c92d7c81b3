package reprise.reproducer.export;

/** Java source as characters: where its strings and comments are. */
final class JavaText {
  private final String text;
  private final StringBuilder flat = new StringBuilder();
  private boolean open;
  private int at;

  private JavaText(String text) {
    this.text = text;
  }

  /** Whether what follows {@code text} is code, not the inside of a comment or a text block. */
  static boolean isCode(CharSequence text) {
    JavaText read = new JavaText(text.toString());
    read.flatten();
    return !read.open;
  }

  /** The same source on one line: without line comments, text blocks as strings. */
  static String flat(String source) {
    JavaText read = new JavaText(source);
    read.flatten();
    return read.flat.toString().strip();
  }

  /** A string as Java spells it. */
  static String literal(String value) {
    StringBuilder literal = new StringBuilder("\"");
    for (int i = 0; i < value.length(); i++) {
      switch (value.charAt(i)) {
        case '"' -> literal.append("\\\"");
        case '\\' -> literal.append("\\\\");
        case '\n' -> literal.append("\\n");
        case '\r' -> literal.append("\\r");
        case '\t' -> literal.append("\\t");
        default -> literal.append(value.charAt(i));
      }
    }
    return literal.append('"').toString();
  }

  private void flatten() {
    while (at < text.length()) {
      if (text.startsWith("//", at)) {
        at = end("\n", at);
        flat.append(' ');
      } else if (text.startsWith("/*", at)) {
        at = end("*/", at + 2);
        flat.append(' ');
      } else if (text.startsWith("\"\"\"", at)) {
        block();
      } else if (text.charAt(at) == '"' || text.charAt(at) == '\'') {
        quoted(text.charAt(at));
      } else {
        char one = text.charAt(at++);
        flat.append(one == '\n' || one == '\r' ? ' ' : one);
      }
    }
  }

  private int end(String mark, int from) {
    int found = text.indexOf(mark, from);
    open = found < 0 && !mark.equals("\n");
    return found < 0 ? text.length() : found + mark.length();
  }

  private void block() {
    int from = text.indexOf('\n', at) + 1;
    int to = from;
    while (to < text.length() && !text.startsWith("\"\"\"", to)) {
      to += text.charAt(to) == '\\' ? 2 : 1;
    }
    open = from == 0 || to >= text.length();
    if (open) {
      at = text.length();
      return;
    }
    flat.append(literal(text.substring(from, to).stripIndent().translateEscapes()));
    at = to + 3;
  }

  private void quoted(char quote) {
    int to = at + 1;
    while (to < text.length() && text.charAt(to) != quote && text.charAt(to) != '\n') {
      to += text.charAt(to) == '\\' ? 2 : 1;
    }
    to = Math.min(to + 1, text.length());
    flat.append(text, at, to);
    at = to;
  }
}
