package reprise.extension.capture;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The files that a command line names. What a child process really opens is out of sight, but what
 * it works on usually stands in its arguments or in its script.
 */
final class CommandFiles {
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[\\s'\"`|&;<>(){}=,$]+");
  private static final int MOST_WORDS = 1_000;
  private static final int MOST_FILES = 200;

  private final Path folder;
  private final UnaryOperator<Path> redirection;

  /**
   * @param folder that relative names start from
   * @param redirection where it, and everything else, really lies
   */
  CommandFiles(Path folder, UnaryOperator<Path> redirection) {
    this.folder = folder;
    this.redirection = redirection;
  }

  /** Those that are there, as the program would call them. */
  Set<Path> in(List<String> command) {
    Set<Path> named = new LinkedHashSet<>();
    command.stream()
        .flatMap(argument -> BETWEEN_WORDS.splitAsStream(argument))
        .filter(word -> !word.isEmpty() && !word.startsWith("-"))
        .limit(MOST_WORDS)
        .forEach(word -> add(word, named));
    return named;
  }

  private void add(String word, Set<Path> named) {
    try {
      Path path = folder.resolve(word.replace("*", "_").replace("?", "_"));
      if (word.indexOf('*') >= 0 || word.indexOf('?') >= 0) {
        addMatching(word.substring(word.lastIndexOf('/') + 1), path.resolveSibling(""), named);
      } else {
        add(path.normalize(), named);
      }
    } catch (InvalidPathException e) {
      // no name of a file
    }
  }

  private void addMatching(String pattern, Path where, Set<Path> named) {
    Path there = where.normalize();
    try (DirectoryStream<Path> matching =
        Files.newDirectoryStream(redirection.apply(there), pattern)) {
      matching.forEach(file -> add(there.resolve(file.getFileName()), named));
    } catch (IOException | PatternSyntaxException e) {
      // no such folder, so nothing matches
    }
  }

  private void add(Path path, Set<Path> named) {
    if (named.size() < MOST_FILES
        && !path.equals(folder)
        && !Machine.owns(path)
        && Files.exists(redirection.apply(path))) {
      named.add(path);
    }
  }
}
