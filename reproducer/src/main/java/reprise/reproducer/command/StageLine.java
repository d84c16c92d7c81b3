package reprise.reproducer.command;

import java.util.List;
import java.util.stream.Collectors;
import reprise.ledger.Stage;

/** A stage as a line for a person. */
final class StageLine {
  private StageLine() {}

  static String of(Stage stage) {
    return "stage %d: steps %s, %.1f s%s"
        .formatted(
            stage.number(),
            numbers(stage.steps()),
            stage.millis() / 1000.0,
            stage.after().isEmpty() ? "" : ", after stage " + numbers(stage.after()));
  }

  private static String numbers(List<Integer> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }
}
