package reprise.extension.cell;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The stack trace of an exception as the JDK prints it, but in the lines of the cells. JShell knows
 * the lines of its snippets, so its translation of each frame is looked up beside the real one.
 */
final class Trace {
  private static final String SNIPPETS = "REPL.";

  private final Map<String, Place> places;

  Trace(Map<String, Place> places) {
    this.places = places;
  }

  List<String> lines(Throwable thrown, Throwable translated) {
    List<String> lines = new ArrayList<>();
    String prefix = "";
    Throwable real = thrown;
    Throwable known = translated;
    for (int depth = 0; real != null && depth < 20; depth++) {
      lines.add(prefix + real);
      lines.addAll(frames(real.getStackTrace(), known));
      prefix = "Caused by: ";
      real = real.getCause();
      known = known == null ? null : known.getCause();
    }
    return lines;
  }

  /** For an exception that JShell has not seen: its head, without our own frames. */
  List<String> lines(Throwable thrown) {
    List<String> lines = new ArrayList<>();
    for (Throwable real = thrown; real != null && lines.size() < 20; real = real.getCause()) {
      lines.add((lines.isEmpty() ? "" : "Caused by: ") + real);
    }
    return lines;
  }

  private List<String> frames(StackTraceElement[] real, @Nullable Throwable known) {
    StackTraceElement[] translated =
        known == null ? new StackTraceElement[0] : known.getStackTrace();
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < Math.min(real.length, translated.length); i++) {
      boolean ours = real[i].getClassName().startsWith(SNIPPETS);
      lines.add("\tat " + (ours ? inCell(translated[i]) : real[i].toString()));
    }
    return lines;
  }

  private String inCell(StackTraceElement frame) {
    String file = String.valueOf(frame.getFileName());
    Place place = file.startsWith("#") ? places.get(file.substring(1)) : null;
    String where =
        place == null ? file : place.label() + ", line " + place.line(frame.getLineNumber());
    String type = frame.getClassName();
    String method = frame.getMethodName();
    String code = type.isEmpty() || method.isEmpty() ? type + method : type + "." + method;
    return code.isEmpty() ? where : code + " (" + where + ")";
  }
}
