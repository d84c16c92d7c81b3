package reprise.reproducer.notebook;

import java.util.HashSet;
import java.util.Set;

/** Ids as nbformat wants them: each once, short, of letters, digits, {@code -} and {@code _}. */
final class CellIds {
  private static final int LONGEST = 64;
  private static final int ROOM_FOR_NUMBER = 8;

  private final Set<String> taken = new HashSet<>();

  /** {@code wanted} made fit; a cell that ran before gets a number behind its id. */
  String next(String wanted) {
    String fit = wanted.replaceAll("[^a-zA-Z0-9_-]", "-");
    if (fit.isEmpty()) {
      fit = "cell";
    }
    String id = fit.length() > LONGEST ? fit.substring(0, LONGEST) : fit;
    String stem = id.substring(0, Math.min(id.length(), LONGEST - ROOM_FOR_NUMBER));
    for (int n = 2; !taken.add(id); n++) {
      id = stem + "-" + n;
    }
    return id;
  }
}
