package reprise.extension.secret;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds secrets in a text of any kind: those with a {@link Shape} of their own, and values that
 * stand behind a name that means a secret, as in {@code password=…}, {@code "apiKey": "…"}, {@code
 * --token …}, {@code <password>…</password>} or {@code Authorization: Basic …}. One walk through
 * the text.
 */
final class TextSecrets {
  private static final int LONGEST_VALUE = 1024;
  private static final int LONGEST_NAME = 64;
  private static final int SHORTEST_LOOSE = 6;
  private static final List<List<Shape>> BY_FIRST = byFirst();

  private final String text;
  private final int start;
  private final int end;
  private final List<Span> found = new ArrayList<>(0);

  private TextSecrets(String text, int start, int end) {
    this.text = text;
    this.start = start;
    this.end = end;
  }

  private static List<List<Shape>> byFirst() {
    List<List<Shape>> byFirst = new ArrayList<>();
    for (int i = 0; i < 128; i++) {
      byFirst.add(new ArrayList<>(0));
    }
    for (Shape shape : Shape.values()) {
      byFirst.get(shape.first()).add(shape);
    }
    return byFirst;
  }

  static List<Span> in(String text) {
    return in(text, 0, text.length());
  }

  /** Those between two places; what stands before and behind them counts as another text's. */
  static List<Span> in(String text, int start, int end) {
    return new TextSecrets(text, start, end).find();
  }

  private List<Span> find() {
    boolean inWord = false;
    for (int at = start; at < end; ) {
      char c = text.charAt(at);
      boolean word = isWord(c);
      if (inWord && !word) {
        at = Math.max(at, afterValueOf(at));
        inWord = false;
        continue; // this character may begin something itself
      }
      Span shaped = c < 128 && !inWord ? shapeAt(at, c) : null;
      if (shaped != null) {
        found.add(shaped);
        at = shaped.end();
      } else {
        at++;
      }
      inWord = word && shaped == null;
    }
    return found;
  }

  private static boolean isWord(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }

  private @Nullable Span shapeAt(int at, char first) {
    for (Shape shape : BY_FIRST.get(first)) {
      if (shape.beginsAt(text, at)) {
        Span span = shape.at(text, at, end);
        if (span != null) {
          return span;
        }
      }
    }
    return null;
  }

  /**
   * If the word that ends at {@code wordEnd} names a secret whose value follows, the value's end.
   */
  private int afterValueOf(int wordEnd) {
    if (!SecretName.mayMean(text, start, wordEnd)) {
      return wordEnd;
    }
    int at = wordEnd;
    boolean quoted = false;
    while (at < end && at < wordEnd + 2 && (text.charAt(at) == '\\' || isQuote(at))) {
      quoted |= isQuote(at);
      at++;
    }
    int from = nameStart(wordEnd);
    if (at < end && text.charAt(at) == '>' && from > start && text.charAt(from - 1) == '<') {
      return element(from, wordEnd, at + 1);
    }
    boolean option = from + 2 <= wordEnd && text.startsWith("--", from);
    boolean spaced = at < end && text.charAt(at) == ' ';
    if (option && spaced && !quoted) {
      return value(from, wordEnd, at + 1, true);
    }
    at += spaced ? 1 : 0;
    if (at >= end || (text.charAt(at) != '=' && text.charAt(at) != ':')) {
      return wordEnd;
    }
    boolean tight = !spaced && text.charAt(at) == '=';
    return value(from, wordEnd, afterBlanks(at + 1), tight && afterBlanks(at + 1) == at + 1);
  }

  private boolean isQuote(int at) {
    return text.charAt(at) == '"' || text.charAt(at) == '\'';
  }

  private int afterBlanks(int at) {
    int after = at;
    while (after < end && after < at + 4 && text.charAt(after) == ' ') {
      after++;
    }
    return after;
  }

  private int nameStart(int wordEnd) {
    int from = wordEnd;
    while (from > start
        && wordEnd - from < LONGEST_NAME
        && (isWord(text.charAt(from - 1)) || "-.".indexOf(text.charAt(from - 1)) >= 0)) {
      from--;
    }
    return from;
  }

  private int element(int from, int wordEnd, int at) {
    int to = at;
    while (to < end && to - at < LONGEST_VALUE && "<\n".indexOf(text.charAt(to)) < 0) {
      to++;
    }
    boolean hides = SecretName.hides(text.substring(from, wordEnd), text.substring(at, to));
    return hides ? add(at, to, from, wordEnd) : wordEnd;
  }

  /**
   * @param tight whether name and value stand so close that no sentence would have them so
   */
  private int value(int from, int wordEnd, int begin, boolean tight) {
    int at = begin;
    boolean escaped = at + 1 < end && text.charAt(at) == '\\' && isQuote(at + 1);
    at += escaped ? 1 : 0;
    boolean quoted = at < end && isQuote(at);
    boolean query = tight && from > start && "?&".indexOf(text.charAt(from - 1)) >= 0;
    int valueStart = quoted ? at + 1 : afterScheme(at);
    int valueEnd =
        quoted ? closing(valueStart, text.charAt(at), escaped) : unquotedEnd(valueStart, query);
    if (valueEnd <= valueStart) {
      return wordEnd;
    }
    String name = text.substring(from, wordEnd);
    String value = text.substring(valueStart, valueEnd);
    boolean hides = query ? SecretName.hidesInQuery(name, value) : SecretName.hides(name, value);
    return hides && (tight || quoted || looksChosen(value))
        ? add(valueStart, valueEnd, from, wordEnd)
        : wordEnd;
  }

  /** In {@code Authorization: Basic …} the value is what stands behind the scheme. */
  private int afterScheme(int at) {
    for (String scheme : List.of("Basic ", "Bearer ", "Token ")) {
      if (text.regionMatches(true, at, scheme, 0, scheme.length())) {
        return afterBlanks(at + scheme.length());
      }
    }
    return at;
  }

  private int closing(int from, char quote, boolean escaped) {
    int at = from;
    while (at < end && at - from < LONGEST_VALUE && text.charAt(at) != '\n') {
      char c = text.charAt(at);
      if (c == '\\' && escaped && at + 1 < end && text.charAt(at + 1) == quote) {
        return at;
      }
      if (c == quote) {
        return at;
      }
      at += c == '\\' ? 2 : 1;
    }
    return Math.min(at, end);
  }

  private int unquotedEnd(int from, boolean query) {
    int at = from;
    while (at < end && at - from < LONGEST_VALUE && !endsValue(text.charAt(at))) {
      if (query && text.charAt(at) == '#') {
        return at;
      }
      at++;
    }
    return at;
  }

  private static boolean endsValue(char c) {
    return c <= ' ' || ",;&\"'<>)]}\\`".indexOf(c) >= 0;
  }

  /** Not a word of a sentence, as in {@code password: wrong}. */
  private static boolean looksChosen(String value) {
    return value.length() >= SHORTEST_LOOSE && value.chars().anyMatch(Character::isDigit);
  }

  private int add(int valueStart, int valueEnd, int from, int wordEnd) {
    found.add(new Span(valueStart, valueEnd, text.substring(from, wordEnd)));
    return valueEnd;
  }
}
