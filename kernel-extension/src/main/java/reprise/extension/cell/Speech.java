package reprise.extension.cell;

import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** The way from a notebook's code to whoever records it. There is one notebook in a JVM. */
public final class Speech {
  private static volatile Supplier<Voice> hearing = () -> Voice.NONE;
  private static volatile Map<String, String> given = Map.of();

  private Speech() {}

  /** Who hears what is said now. */
  public static Voice current() {
    return hearing.get();
  }

  /** From now on this one hears what is said. */
  public static void heardBy(Supplier<Voice> listener) {
    hearing = listener;
  }

  /** From now on a notebook that asks for a parameter gets these values, by name. */
  public static void give(Map<String, String> parameters) {
    given = Map.copyOf(parameters);
  }

  /** What the parameter is to be, made out of its text; {@code byDefault} if nobody said. */
  public static <T> T given(String name, T byDefault, Function<String, T> made) {
    String text = given.get(name);
    return text == null ? byDefault : made.apply(text);
  }

  /** A text as Java spells it. */
  public static String literal(String text) {
    return '"'
        + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\r", "\\r").replace("\n", "\\n")
        + '"';
  }
}
