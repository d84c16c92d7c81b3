package reprise.reproducer.replay;

/** A replay was asked for something that the recorded run does not have; the message names all. */
public final class NotOfThisRun extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotOfThisRun(String sentence) {
    super(sentence);
  }
}
