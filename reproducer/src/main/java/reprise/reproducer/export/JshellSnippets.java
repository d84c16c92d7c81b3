package reprise.reproducer.export;

import java.util.ArrayList;
import java.util.List;
import jdk.jshell.JShell;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;

/**
 * Takes cells apart as a notebook's kernel does. The jshell tool reads line by line and executes as
 * soon as something is whole, so that a chain of calls or an {@code else} on the next line would be
 * torn off; such a snippet is put on one line.
 */
final class JshellSnippets implements AutoCloseable {
  private final JShell shell = JShell.builder().executionEngine("local").build();
  private final SourceCodeAnalysis analysis = shell.sourceCodeAnalysis();

  /**
   * The snippets of Java source.
   *
   * @param shows whether the value of the last one is to be printed, as it was shown in the
   *     notebook
   */
  List<String> of(String source, boolean shows) {
    List<String> snippets = new ArrayList<>();
    for (String rest = source; isCode(rest); ) {
      CompletionInfo next = analysis.analyzeCompletion(rest);
      boolean whole = next.completeness().isComplete() && !next.source().isEmpty();
      String snippet = whole ? next.source() : rest;
      rest = whole ? next.remaining() : "";
      snippets.add(shows && !isCode(rest) ? printed(snippet) : onItsLine(snippet));
    }
    return snippets;
  }

  private static boolean isCode(String text) {
    return !JavaText.flat(text).replace(";", "").isBlank();
  }

  private String onItsLine(String snippet) {
    String text = snippet.strip();
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) {
      String begun = text.substring(0, end);
      if (!begun.isBlank() && analysis.analyzeCompletion(begun).completeness().isComplete()) {
        return JavaText.flat(text);
      }
    }
    return text;
  }

  /** The record shows that it had a value. */
  private static String printed(String snippet) {
    return "System.out.println(String.valueOf((Object) (%s)));"
        .formatted(JavaText.flat(snippet).replaceFirst("(;\\s*)+$", ""));
  }

  @Override
  public void close() {
    shell.close();
  }
}
