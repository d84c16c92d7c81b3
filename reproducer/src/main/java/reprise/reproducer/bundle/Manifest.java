package reprise.reproducer.bundle;

import java.util.ArrayList;
import java.util.List;
import reprise.ledger.Digest;

/**
 * The entries of a bundle in their order. Each line says what its bytes are and holds the hash of
 * all lines so far, so that none can be changed, left out, put in or moved without the ones behind
 * it telling.
 */
final class Manifest {
  static final String NAME = "manifest.txt";

  private static final Digest BEGINNING = Digest.of("");

  private final List<Line> lines = new ArrayList<>();

  /**
   * One entry.
   *
   * @param digest of its bytes
   * @param link the hash of the line before and this one
   */
  record Line(Digest digest, long size, Digest link, String name) {
    static Line after(Digest before, Digest digest, long size, String name) {
      String said = "%s %s %d %s".formatted(before, digest, size, name);
      return new Line(digest, size, Digest.of(said), name);
    }

    static Line read(String text) {
      String[] words = text.split(" ", 4);
      if (words.length < 4) {
        throw new IllegalArgumentException("a line of a manifest has four words");
      }
      long size = Long.parseLong(words[1]);
      if (size < 0) {
        throw new IllegalArgumentException("nothing has " + size + " bytes");
      }
      return new Line(new Digest(words[0]), size, new Digest(words[2]), words[3]);
    }

    @Override
    public String toString() {
      return "%s %d %s %s".formatted(digest, size, link, name);
    }
  }

  /** The number of the first line that does not follow from those before it. */
  static final class Broken extends Exception {
    private static final long serialVersionUID = 1L;

    private final int line;

    Broken(int line) {
      super("line " + line);
      this.line = line;
    }

    int line() {
      return line;
    }
  }

  static Manifest read(String text) throws Broken {
    Manifest manifest = new Manifest();
    for (String line : text.split("\n", -1)) {
      int number = manifest.lines.size() + 1;
      if (line.isEmpty()) {
        break;
      }
      try {
        Line said = Line.read(line);
        if (!said.equals(manifest.add(said.digest(), said.size(), said.name()))) {
          throw new Broken(number);
        }
      } catch (IllegalArgumentException e) {
        throw new Broken(number);
      }
    }
    if (!manifest.text().equals(text)) {
      throw new Broken(manifest.lines.size() + 1);
    }
    return manifest;
  }

  Line add(Digest digest, long size, String name) {
    Line line = Line.after(last(), digest, size, name);
    lines.add(line);
    return line;
  }

  private Digest last() {
    return lines.isEmpty() ? BEGINNING : lines.get(lines.size() - 1).link();
  }

  List<Line> lines() {
    return List.copyOf(lines);
  }

  String text() {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }
}
