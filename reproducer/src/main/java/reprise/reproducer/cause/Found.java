package reprise.reproducer.cause;

import org.jspecify.annotations.Nullable;

/**
 * What a search came to.
 *
 * @param cause null if none was found
 * @param why where no replay proved the cause: what stands in the way
 */
record Found(@Nullable String cause, @Nullable String why) {
  /** There is no difference to be explained. */
  static final Found NO_DIFFERENCE = new Found(null, null);

  /** A replay came out as the other run had. */
  static Found proved(String cause) {
    return new Found(cause, null);
  }

  /** All else is as it was. */
  static Found byExclusion(String cause, String why) {
    return new Found(cause, why);
  }

  static Found nothing(String why) {
    return new Found(null, why);
  }
}
