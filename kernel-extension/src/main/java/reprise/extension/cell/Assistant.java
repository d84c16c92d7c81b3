package reprise.extension.cell;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.SourceCodeAnalysis.Documentation;
import jdk.jshell.SourceCodeAnalysis.Suggestion;
import org.jspecify.annotations.Nullable;

/** Helps the person while they type. Knows nothing of magics. */
public final class Assistant {
  private final SourceCodeAnalysis analysis;

  Assistant(SourceCodeAnalysis analysis) {
    this.analysis = analysis;
  }

  /**
   * Texts that may stand in place of the characters from {@code start} to the cursor.
   *
   * @param texts sorted, those that fit the expected type first
   */
  public record Completion(List<String> texts, int start) {}

  /** Whether a cell can be executed as it stands. */
  public enum Completeness {
    COMPLETE,
    INCOMPLETE,
    INVALID;

    /** As Jupyter's protocol calls it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Completion completion(String code, int cursor) {
    int start = snippetAt(code, cursor);
    int[] anchor = {cursor - start};
    List<Suggestion> suggestions =
        analysis.completionSuggestions(code.substring(start), cursor - start, anchor);
    List<String> fitting =
        suggestions.stream()
            .filter(Suggestion::matchesType)
            .map(Suggestion::continuation)
            .sorted()
            .distinct()
            .toList();
    List<String> others =
        suggestions.stream()
            .map(Suggestion::continuation)
            .sorted()
            .distinct()
            .filter(text -> !fitting.contains(text))
            .toList();
    List<String> texts = new ArrayList<>(fitting);
    texts.addAll(others);
    return new Completion(texts, start + anchor[0]);
  }

  /** Signatures of what stands at the cursor, with their Javadoc if asked for; null if unknown. */
  public @Nullable String documentation(String code, int cursor, boolean withJavadoc) {
    int start = snippetAt(code, cursor);
    int end = cursor;
    while (end < code.length() && Character.isJavaIdentifierPart(code.charAt(end))) {
      end++;
    }
    List<Documentation> found = documentation(code.substring(start, end), withJavadoc);
    if (found.isEmpty()) {
      found = documentation(code.substring(start, end) + "(", withJavadoc);
    }
    return found.isEmpty()
        ? null
        : String.join("\n\n", found.stream().map(Assistant::text).distinct().toList());
  }

  private List<Documentation> documentation(String code, boolean withJavadoc) {
    return analysis.documentation(code, code.length(), withJavadoc);
  }

  private static String text(Documentation documentation) {
    String javadoc = documentation.javadoc();
    return javadoc == null || javadoc.isBlank()
        ? documentation.signature()
        : documentation.signature() + "\n" + plain(javadoc);
  }

  private static String plain(String javadoc) {
    return javadoc
        .replaceAll("\\{@(?:code|link|linkplain|literal)\\s+([^}]*)}", "$1")
        .replaceAll("</?\\w[^>]*>", "")
        .strip();
  }

  public Completeness completeness(String code) {
    String rest = code;
    while (true) {
      CompletionInfo info = analysis.analyzeCompletion(rest);
      switch (info.completeness()) {
        case EMPTY, COMPLETE_WITH_SEMI, CONSIDERED_INCOMPLETE -> {
          return Completeness.COMPLETE;
        }
        case DEFINITELY_INCOMPLETE -> {
          return Completeness.INCOMPLETE;
        }
        case UNKNOWN -> {
          return Completeness.INVALID;
        }
        case COMPLETE -> {
          if (info.remaining().isBlank()) {
            return Completeness.COMPLETE;
          }
          rest = info.remaining();
        }
      }
    }
  }

  /** Where the snippet begins in which the cursor stands. */
  private int snippetAt(String code, int cursor) {
    int start = 0;
    while (true) {
      CompletionInfo info = analysis.analyzeCompletion(code.substring(start));
      int next = code.length() - info.remaining().length();
      if (!info.completeness().isComplete() || next >= cursor || next <= start) {
        return start;
      }
      start = next;
    }
  }
}
