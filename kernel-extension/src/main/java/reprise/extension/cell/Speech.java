package reprise.extension.cell;

import java.util.function.Supplier;

/** The way from a notebook's code to whoever records it. There is one notebook in a JVM. */
public final class Speech {
  private static volatile Supplier<Voice> hearing = () -> Voice.NONE;

  private Speech() {}

  /** Who hears what is said now. */
  public static Voice current() {
    return hearing.get();
  }

  /** From now on this one hears what is said. */
  public static void heardBy(Supplier<Voice> listener) {
    hearing = listener;
  }

  /** A text as Java spells it. */
  public static String literal(String text) {
    return '"'
        + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\r", "\\r").replace("\n", "\\n")
        + '"';
  }
}
