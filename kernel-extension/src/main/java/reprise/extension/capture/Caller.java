package reprise.extension.capture;

import java.util.Optional;
import reprise.extension.cell.SnippetNames;

/** On whose behalf the current thread works. */
public final class Caller {
  private static final String MAGIC = "reprise.extension.magic.";

  private static final StackWalker STACK = StackWalker.getInstance();

  private Caller() {}

  /** Whether the thread is one of the recording's own. */
  static boolean isOurs() {
    String name = Thread.currentThread().getName();
    return name.startsWith("reprise-") || name.startsWith("JGit-");
  }

  /** Whether a magic is at work, whoever called it, rather than code that a magic executes. */
  static boolean isAMagic() {
    return STACK.walk(
        frames ->
            frames
                .map(StackWalker.StackFrame::getClassName)
                .filter(name -> SnippetNames.isOfSnippet(name) || name.startsWith(MAGIC))
                .findFirst()
                .filter(name -> name.startsWith(MAGIC))
                .isPresent());
  }

  /** The outermost snippet on the stack: the one that was submitted, whatever it calls. */
  static Optional<String> outermostSnippet() {
    return STACK.walk(
        frames ->
            frames
                .map(StackWalker.StackFrame::getClassName)
                .filter(SnippetNames::isOfSnippet)
                .reduce((inner, outer) -> outer)
                .flatMap(SnippetNames::snippetOf));
  }

  /** Whether a cell's code is at work, and no magic that it calls. */
  public static boolean isCode() {
    return !isAMagic() && outermostSnippet().isPresent();
  }

  /**
   * Whether a snippet asked for the file that is being opened, rather than a class of the JDK's
   * that wants it for something else, as random numbers want {@code /dev/urandom}.
   */
  static boolean isReadByASnippet() {
    return STACK.walk(
        frames ->
            frames
                .map(StackWalker.StackFrame::getClassName)
                .filter(name -> !opens(name))
                .findFirst()
                .filter(SnippetNames::isOfSnippet)
                .isPresent());
  }

  private static boolean opens(String className) {
    return className.startsWith("reprise.")
        || className.startsWith("java.lang.Reprise")
        || className.startsWith("java.io.")
        || className.startsWith("java.nio.")
        || className.startsWith("sun.nio.")
        || className.startsWith("java.util.Scanner")
        || className.startsWith("java.util.stream.");
  }
}
