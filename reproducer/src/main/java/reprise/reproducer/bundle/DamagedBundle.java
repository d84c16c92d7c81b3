package reprise.reproducer.bundle;

import java.io.IOException;
import java.nio.file.Path;

/** A file is not a bundle, or not any more as it was written; the message names what is wrong. */
public final class DamagedBundle extends IOException {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST = 300;

  private DamagedBundle(Path file, String why, String whatToDo) {
    super("%s %s; %s.".formatted(file, harmless(why), whatToDo));
  }

  /** Names in it are a stranger's, and may be long or speak to the terminal. */
  private static String harmless(String why) {
    String line = why.replaceAll("\\p{Cntrl}", "?");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }

  /** It was a bundle once, or could have been. */
  static DamagedBundle spoilt(Path file, String why) {
    return new DamagedBundle(file, why, "copy it once more, or export the run again");
  }

  /** Nobody who wants to hand on a run has written this. */
  static DamagedBundle hostile(Path file, String why) {
    return new DamagedBundle(file, why, "nothing was taken from it, and it is best deleted");
  }

  /** It is something else. */
  static DamagedBundle none(Path file, String why) {
    return new DamagedBundle(file, why, "'reprise export RUN --as bundle' writes one");
  }

  /** Written by a version that came after this one. */
  static DamagedBundle newer(Path file, int format) {
    return new DamagedBundle(
        file,
        "was written by a newer Reprise (format %d, and this one reads up to %d)"
            .formatted(format, Header.FORMAT),
        "update Reprise");
  }
}
