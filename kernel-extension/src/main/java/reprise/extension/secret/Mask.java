package reprise.extension.secret;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import reprise.extension.magic.CellText;
import reprise.ledger.Masked;

/**
 * Knows a session's secrets as far as they have been met in its sources and its environment, and
 * puts marks in their places and in those of whatever looks like a secret by itself. For any
 * thread.
 */
public final class Mask {
  /** Shorter ones are masked where they were found, and not wherever their letters come up. */
  private static final int SHORTEST_KNOWN = 4;

  /** From here on a secret is found within words, too. */
  private static final int LONG = 8;

  private static final int LONGEST_NAME = 40;

  private final Map<String, String> names = new ConcurrentHashMap<>();
  private volatile List<Known> known = List.of();

  /** A secret that has been met, and the name it was given. */
  private record Known(String value, String name) {}

  /** One that knows no secret yet. */
  public Mask() {}

  /** Learns the values of those variables whose names mean secrets. */
  public Mask knowing(Map<String, String> variables) {
    variables.forEach(
        (name, value) -> {
          if (SecretName.hides(name, value)) {
            know(name, value);
          }
        });
    return this;
  }

  /** Learns what an option of the JVM such as {@code -Ddb.password=…} holds. */
  public Mask knowingOptions(List<String> options) {
    for (String option : options) {
      spans(option).forEach(span -> know(span.name(), option.substring(span.start(), span.end())));
    }
    return this;
  }

  /**
   * Learns a secret.
   *
   * @return the name by which marks call it: the one given, with a number if that one is another's
   */
  public synchronized String know(String name, String value) {
    String there = names.get(value);
    if (there != null) {
      return there;
    }
    String plain = plain(name);
    String free = plain;
    for (int i = 2; names.containsValue(free); i++) {
      free = plain + i;
    }
    names.put(value, free);
    List<Known> all = new ArrayList<>(known);
    for (String line : value.split("\\R", -1)) {
      if (line.strip().length() >= SHORTEST_KNOWN) {
        all.add(new Known(line.strip(), free));
      }
    }
    all.sort(Comparator.comparingInt((Known each) -> each.value.length()).reversed());
    known = List.copyOf(all);
    return free;
  }

  /** What is left of a name that may stand in a mark and in the name of a variable. */
  private static String plain(String name) {
    String key = name.startsWith("-D") ? name.substring(2) : name; // a system property's
    String plain = key.replaceAll("[^A-Za-z0-9_.-]+", "-").replaceAll("^[-_.]+|[-_.]+$", "");
    String fitting =
        plain.length() > LONGEST_NAME ? plain.substring(plain.length() - LONGEST_NAME) : plain;
    return fitting.isEmpty() ? "secret" : fitting;
  }

  /** A text of any kind as it may be written down. */
  public String text(String text) {
    return MaskedSource.masked(text, spans(text));
  }

  /** The same for what may be missing. */
  public @Nullable String textOrNull(@Nullable String text) {
    return text == null ? null : text(text);
  }

  /** What goes by {@code name} as it may be written down. */
  public String value(String name, String text) {
    return SecretName.hides(name, text) ? Masked.mark(know(name, text)) : text(text);
  }

  /** Whether what goes by {@code name} is a secret, whatever it looks like. */
  public static boolean isSecret(String name) {
    return SecretName.hides(name, "any value");
  }

  /** Stretches of a text that must not be written down, in order. */
  List<Span> spans(String text) {
    List<Span> found = TextSecrets.in(text);
    return Span.merged(withKnown(text, found));
  }

  private List<Span> withKnown(String text, List<Span> found) {
    List<Known> all = known;
    if (all.isEmpty()) {
      return named(text, found);
    }
    List<Span> both = named(text, found);
    for (Known secret : all) {
      for (int at = text.indexOf(secret.value); at >= 0; ) {
        int to = at + secret.value.length();
        if (secret.value.length() >= LONG || standsAlone(text, at, to)) {
          both.add(new Span(at, to, secret.name));
        }
        at = text.indexOf(secret.value, to);
      }
    }
    return both;
  }

  /** A secret that has a name keeps it wherever it comes up. */
  private List<Span> named(String text, List<Span> found) {
    List<Span> named = new ArrayList<>(found.size());
    for (Span span : found) {
      String name = names.get(text.substring(span.start(), span.end()));
      named.add(new Span(span.start(), span.end(), name == null ? plain(span.name()) : name));
    }
    return named;
  }

  private static boolean standsAlone(String text, int from, int to) {
    return (from == 0 || !Character.isLetterOrDigit(text.charAt(from - 1)))
        && (to == text.length() || !Character.isLetterOrDigit(text.charAt(to)));
  }

  /** A cell as it may be written down; its secrets are known from now on. */
  public MaskedSource source(String cell) {
    List<Span> named = new ArrayList<>(0);
    for (Span span : inCell(cell)) {
      named.add(new Span(span.start(), span.end(), know(span.name(), value(cell, span))));
    }
    return new MaskedSource(cell, Span.merged(withKnown(cell, named)));
  }

  /** Source that is no cell of the session: nothing is learned from it. */
  String otherSource(String code) {
    return MaskedSource.masked(code, Span.merged(withKnown(code, inCell(code))));
  }

  private static List<Span> inCell(String cell) {
    List<Span> found = new ArrayList<>(0);
    for (CellText.Part part : CellText.parts(cell)) {
      found.addAll(in(part, cell));
    }
    return Span.merged(found);
  }

  private static List<Span> in(CellText.Part part, String cell) {
    if (part instanceof CellText.Java java) {
      return SourceSecrets.in(cell, java.offset(), java.offset() + java.source().length());
    }
    if (part instanceof CellText.CellMagic magic) {
      int end = magic.offset() + magic.body().length();
      return magic.name().equals("time")
          ? SourceSecrets.in(cell, magic.offset(), end)
          : TextSecrets.in(cell, 0, cell.length());
    }
    CellText.LineMagic line = (CellText.LineMagic) part;
    int end = Math.min(cell.length(), endOfLine(cell, line.offset()));
    return line.name().equals("time")
        ? SourceSecrets.in(cell, line.offset(), end)
        : TextSecrets.in(cell, line.offset(), end);
  }

  private static int endOfLine(String cell, int from) {
    int end = cell.indexOf('\n', from);
    return end < 0 ? cell.length() : end;
  }

  /** What the literal means to the program that prints it. */
  private static String value(String cell, Span span) {
    String spelled = cell.substring(span.start(), span.end());
    if (spelled.indexOf('\\') < 0) {
      return spelled;
    }
    try {
      return spelled.translateEscapes();
    } catch (IllegalArgumentException e) {
      return spelled; // the compiler will say so
    }
  }
}
