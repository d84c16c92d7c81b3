package reprise.extension.cell;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.UnresolvedReferenceException;

/** What the compiler has against a snippet, told in lines and columns of the cell. */
final class Complaint {
  /** A snippet's wrapper has no name, so where the compiler looked says nothing. */
  private static final Pattern NOWHERE = Pattern.compile("\\s*location: class\\s*");

  private static final String RED = "\u001B[1;31m";
  private static final String PLAIN = "\u001B[0m";

  private final JShell shell;

  Complaint(JShell shell) {
    this.shell = shell;
  }

  CellFailure about(Snippet snippet, Place place) {
    List<Diag> errors = shell.diagnostics(snippet).filter(Diag::isError).toList();
    if (errors.isEmpty()) {
      return missing(snippet, place);
    }
    List<String> lines = new ArrayList<>();
    for (Diag error : errors) {
      lines.addAll(shown(error, place));
    }
    return CellFailure.ofCompilation(sentence(errors.get(0), place), lines);
  }

  /** JShell finds nothing to say about a comment without an end, and does nothing with it. */
  static CellFailure unclosed(Place place) {
    String sentence =
        place.label() + ", line " + place.line(1) + ": the comment that begins here has no end";
    return CellFailure.ofCompilation(sentence, List.of(RED + sentence + PLAIN));
  }

  private static List<String> shown(Diag error, Place place) {
    int position = place.offset() + (int) Math.max(0, error.getPosition());
    List<String> message = error.getMessage(Locale.ROOT).lines().toList();
    List<String> lines = new ArrayList<>();
    lines.add(RED + sentence(error, place) + PLAIN);
    lines.add("  " + place.text(place.lineAt(position)));
    lines.add("  " + " ".repeat(Math.max(0, place.columnAt(position) - 1)) + "^");
    message.stream().skip(1).filter(line -> !NOWHERE.matcher(line).matches()).forEach(lines::add);
    return lines;
  }

  private static String sentence(Diag error, Place place) {
    int position = place.offset() + (int) Math.max(0, error.getPosition());
    String first = error.getMessage(Locale.ROOT).lines().findFirst().orElse("error");
    return place.label()
        + ", line "
        + place.lineAt(position)
        + ", column "
        + place.columnAt(position)
        + ": "
        + first;
  }

  /** Something was used that has been declared, but still lacks something itself. */
  CellFailure about(UnresolvedReferenceException unresolved, Map<String, Place> places) {
    DeclarationSnippet snippet = unresolved.getSnippet();
    Place place = places.getOrDefault(snippet.id(), new Place("cell", snippet.source(), 0));
    return missing(snippet, place);
  }

  private CellFailure missing(Snippet snippet, Place place) {
    String name = snippet instanceof DeclarationSnippet named ? named.name() : "this";
    List<String> missing =
        snippet instanceof DeclarationSnippet declared
            ? shell.unresolvedDependencies(declared).toList()
            : List.of();
    String sentence =
        place.label()
            + ", line "
            + place.line(1)
            + ": "
            + name
            + " cannot be used until "
            + String.join(", ", missing)
            + (missing.size() == 1 ? " is declared" : " are declared");
    return CellFailure.ofCompilation(sentence, List.of(RED + sentence + PLAIN));
  }
}
