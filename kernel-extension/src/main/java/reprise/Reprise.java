package reprise;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import reprise.extension.cell.Speech;

/**
 * What a notebook may say to Reprise. It need not say anything: recording asks for no help. Where
 * nothing is recorded, nothing happens, and {@code param} returns its default.
 */
public final class Reprise {
  /** The version of Reprise that executes this notebook. */
  public static final String VERSION = "0.1.0";

  private Reprise() {}

  /**
   * The parameter's value: {@code byDefault}, or what a replay with changes was told. It is
   * recorded under {@code name}.
   */
  public static int param(String name, int byDefault) {
    int value = Speech.given(name, byDefault, Integer::valueOf);
    Speech.current().parameter(name, "int", String.valueOf(value));
    return value;
  }

  /** As {@link #param(String, int)}. */
  public static long param(String name, long byDefault) {
    long value = Speech.given(name, byDefault, Long::valueOf);
    Speech.current().parameter(name, "long", value + "L");
    return value;
  }

  /** As {@link #param(String, int)}. */
  public static double param(String name, double byDefault) {
    double value = Speech.given(name, byDefault, Double::valueOf);
    Speech.current().parameter(name, "double", String.valueOf(value));
    return value;
  }

  /** As {@link #param(String, int)}. */
  public static boolean param(String name, boolean byDefault) {
    boolean value = Speech.given(name, byDefault, Boolean::valueOf);
    Speech.current().parameter(name, "boolean", String.valueOf(value));
    return value;
  }

  /** As {@link #param(String, int)}; a secret is masked in the record. */
  public static String param(String name, String byDefault) {
    String value = Speech.given(name, byDefault, text -> text);
    Speech.current().parameter(name, "String", Speech.literal(value));
    return value;
  }

  /** Logs a number; its step is one more than that of the last with this name, from 0. */
  public static void metric(String name, double value) {
    Speech.current().metric(name, value, null);
  }

  /**
   * Logs a number.
   *
   * @param step what the program counts, such as epochs
   */
  public static void metric(String name, double value, long step) {
    Speech.current().metric(name, value, step);
  }

  /** Names a file as a result; its bytes are kept, whoever wrote it. */
  public static void artifact(String path) {
    artifact(Path.of(path));
  }

  /** Names a file as a result; its bytes are kept, whoever wrote it. */
  public static void artifact(Path path) {
    Speech.current().artifact(path);
  }

  /** Gives the run a tag; a null value counts as an empty one. */
  public static void tag(String key, @Nullable String value) {
    Speech.current().tag(key, value == null ? "" : value);
  }

  /** Writes down something about the run. */
  public static void note(String text) {
    Speech.current().remark(text);
  }
}
