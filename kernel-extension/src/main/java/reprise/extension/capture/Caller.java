package reprise.extension.capture;

/** On whose behalf the current thread works. */
final class Caller {
  /** How JShell names the classes that it wraps snippets in. */
  private static final String SNIPPET = "REPL.$JShell$";

  private static final StackWalker STACK = StackWalker.getInstance();

  private Caller() {}

  /**
   * Whether user code asked for what is going on. On the cell's own thread that needs a snippet on
   * the stack, else it is the engine at work. On any other thread it is enough that the thread is
   * not one of ours: a pool's thread has no snippet below it when the task is the library's own.
   */
  static boolean isUserCode(Thread cellThread) {
    Thread thread = Thread.currentThread();
    String name = thread.getName();
    if (name.startsWith("reprise-") || name.startsWith("JGit-")) {
      return false;
    }
    return thread != cellThread || snippetIsOnTheStack();
  }

  private static boolean snippetIsOnTheStack() {
    return STACK.walk(frames -> frames.anyMatch(frame -> frame.getClassName().startsWith(SNIPPET)));
  }
}
