package reprise.server;

/** The server cannot start; the message is the one sentence that its starter should read. */
public final class CannotStart extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CannotStart(String sentence) {
    super(sentence);
  }
}
