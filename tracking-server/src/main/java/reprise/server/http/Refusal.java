package reprise.server.http;

/**
 * A request that is not granted, and why, in a sentence that the one who asked can act upon. It is
 * answered with {@code status} and a {@link Problem} in one place.
 */
public class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  public Refusal(int status, String sentence) {
    super(sentence);
    this.status = status;
  }

  public int status() {
    return status;
  }

  /** The sentence, which is never missing. */
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
