package reprise.server;

/** The server cannot start; the message is the one sentence that its starter should read. */
public final class CannotStart extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final int COULD_NOT_RUN = 3;
  private static final int USAGE = 2;

  private final int exitCode;

  private CannotStart(int exitCode, String sentence) {
    super(sentence);
    this.exitCode = exitCode;
  }

  CannotStart(String sentence) {
    this(COULD_NOT_RUN, sentence);
  }

  /** It was not told what to do in words that it understands. */
  static CannotStart misunderstood(String sentence) {
    return new CannotStart(USAGE, sentence);
  }

  /** What the process ends with. */
  int exitCode() {
    return exitCode;
  }
}
