package reprise.extension.secret;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds secrets in Java source: string literals that a name or a call says are secret, and what
 * would be a secret in any text, within literals and comments. Code itself holds none.
 */
final class SourceSecrets {
  /** Calls that take a name and its value, side by side. */
  private static final Set<String> PAIRING =
      Set.of(
          "put",
          "putifabsent",
          "set",
          "setproperty",
          "setrequestproperty",
          "addrequestproperty",
          "header",
          "addheader",
          "setheader",
          "property",
          "option",
          "config",
          "entry",
          "param",
          "queryparam",
          "of");

  private final String text;
  private final int end;
  private final List<Span> found = new ArrayList<>(0);
  private final Deque<Call> calls = new ArrayDeque<>();
  private @Nullable Literal last;

  /** An open parenthesis, and what has been passed behind it so far. */
  private static final class Call {
    private final String name;
    private int arguments;

    Call(String name) {
      this.name = name;
    }
  }

  /** A string literal; {@code start} and {@code end} leave out the quotes. */
  private record Literal(String content, int start, int end, int quotes) {}

  private SourceSecrets(String text, int end) {
    this.text = text;
    this.end = end;
  }

  static List<Span> in(String source, int start, int end) {
    return new SourceSecrets(source, end).find(start);
  }

  private List<Span> find(int start) {
    for (int at = start; at < end; ) {
      at = next(at);
    }
    return found;
  }

  private int next(int at) {
    char c = text.charAt(at);
    if (text.startsWith("//", at) || text.startsWith("/*", at)) {
      return comment(at, c == '/' && text.charAt(at + 1) == '/' ? "\n" : "*/");
    }
    if (c == '"') {
      return literal(at);
    }
    if (c == '\'') {
      return afterLiteral(at + 1, "'");
    }
    if (c == '(') {
      calls.push(new Call(wordBefore(at)));
    } else if (c == ')' && !calls.isEmpty()) {
      calls.pop();
    } else if (c == ',' && !calls.isEmpty()) {
      calls.element().arguments++;
    } else if (c == ';') {
      calls.clear();
    }
    return at + 1;
  }

  private int comment(int at, String close) {
    int to = text.indexOf(close, at + 2);
    int after = to < 0 || to > end ? end : to;
    found.addAll(TextSecrets.in(text, at, after));
    return Math.min(end, after + close.length());
  }

  private int literal(int at) {
    String quotes = text.startsWith("\"\"\"", at) ? "\"\"\"" : "\"";
    int start = at + quotes.length();
    int after = afterLiteral(start, quotes);
    boolean closed =
        after - quotes.length() >= start && text.startsWith(quotes, after - quotes.length());
    int to = closed ? after - quotes.length() : after;
    Literal literal = new Literal(text.substring(start, to), start, to, quotes.length());
    String name = nameOf(literal);
    String core = literal.content.strip();
    if (name != null && SecretName.hides(name, core)) {
      int from = start + literal.content.indexOf(core);
      found.add(new Span(from, from + core.length(), name));
    } else {
      found.addAll(TextSecrets.in(text, start, to));
    }
    last = literal;
    return after;
  }

  private int afterLiteral(int from, String quotes) {
    int at = from;
    while (at < end && !text.startsWith(quotes, at)) {
      if (text.charAt(at) == '\n' && quotes.length() == 1) {
        return at; // not closed: the compiler will say so
      }
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    return Math.min(end, at + quotes.length());
  }

  /** What the literal is assigned to or passed as; null if nothing says it. */
  private @Nullable String nameOf(Literal literal) {
    int before = blanksBefore(literal.start - literal.quotes);
    char c = before == 0 ? ' ' : text.charAt(before - 1);
    if (c == '=' && (before < 2 || "=!<>".indexOf(text.charAt(before - 2)) < 0)) {
      return wordBefore(before - (before > 1 && text.charAt(before - 2) == '+' ? 2 : 1));
    }
    Call call = calls.peek();
    if (call == null) {
      return c == ',' || c == '{' ? optionBefore(before) : null;
    }
    return c == '(' ? setBy(call.name) : c == ',' ? passedAs(call, before) : null;
  }

  /** {@code password("…")} and {@code setPassword("…")}, but not {@code getPassword("…")}. */
  private static @Nullable String setBy(String call) {
    String small = call.toLowerCase(Locale.ROOT);
    for (String verb : List.of("set", "with", "add")) {
      if (small.startsWith(verb)) {
        return call.substring(verb.length());
      }
    }
    return Set.of("password", "passphrase", "secret", "token", "apikey", "api_key").contains(small)
        ? call
        : null;
  }

  private @Nullable String passedAs(Call call, int before) {
    if (call.name.equals("getConnection") && call.arguments == 2) {
      return "password";
    }
    String option = optionBefore(before);
    if (option != null) {
      return option;
    }
    String name = literalBefore(before);
    boolean pairs = PAIRING.contains(call.name.toLowerCase(Locale.ROOT));
    boolean isValue = call.arguments % 2 == 1;
    return pairs && isValue && (!call.name.equals("of") || isOfAMap(before)) ? name : null;
  }

  /** Two elements of a list have nothing to do with each other. */
  private boolean isOfAMap(int before) {
    int from = Math.max(0, text.lastIndexOf(';', before));
    return text.lastIndexOf("Map.of", before) >= from;
  }

  /** The option of a command line that stands in the list before this word. */
  private @Nullable String optionBefore(int before) {
    String name = literalBefore(before);
    return name != null && name.startsWith("--") ? name : null;
  }

  private @Nullable String literalBefore(int comma) {
    Literal previous = last;
    int to = comma == 0 ? 0 : blanksBefore(comma - 1);
    return previous != null && to == previous.end + previous.quotes ? previous.content : null;
  }

  private int blanksBefore(int at) {
    int before = at;
    while (before > 0 && Character.isWhitespace(text.charAt(before - 1))) {
      before--;
    }
    return before;
  }

  private String wordBefore(int at) {
    int to = blanksBefore(at);
    while (to > 1 && text.charAt(to - 1) == ']' && text.charAt(to - 2) == '[') {
      to = blanksBefore(to - 2); // char password[] = …
    }
    int from = to;
    while (from > 0 && Character.isJavaIdentifierPart(text.charAt(from - 1))) {
      from--;
    }
    return text.substring(from, to);
  }
}
