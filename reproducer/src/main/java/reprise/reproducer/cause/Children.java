package reprise.reproducer.cause;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reprise.ledger.ChildProcess;
import reprise.ledger.Step;

/** The processes that steps started. */
final class Children {
  private Children() {}

  /** Whether one was given this file, as a script is to its interpreter. */
  static boolean name(String path, List<Step> steps) {
    String name = String.valueOf(Path.of(path).getFileName());
    return commands(steps).stream()
        .flatMap(List::stream)
        .flatMap(word -> Stream.of(word.split("\\s+", -1)))
        .anyMatch(word -> word.equals(name) || word.endsWith("/" + name));
  }

  /** The command of the last one; null if there is none. */
  static @Nullable String last(List<Step> steps) {
    List<List<String>> commands = commands(steps);
    return commands.isEmpty() ? null : String.join(" ", commands.get(commands.size() - 1));
  }

  private static List<List<String>> commands(List<Step> steps) {
    List<List<String>> commands = new ArrayList<>();
    steps.forEach(
        step -> step.children().stream().map(ChildProcess::command).forEach(commands::add));
    return commands;
  }
}
