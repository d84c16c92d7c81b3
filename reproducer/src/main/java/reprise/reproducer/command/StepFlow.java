package reprise.reproducer.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Flow;
import reprise.ledger.Flow.Name;
import reprise.ledger.Step;

/**
 * What a step has to do with the others, as {@code reprise show --flow} prints it.
 *
 * @param source the first line of the cell
 * @param flow null if nobody looked
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record StepFlow(int step, String source, @Nullable Flow flow) {
  static StepFlow of(Step step) {
    String line = step.source().strip().lines().findFirst().orElse("");
    return new StepFlow(step.step(), line, step.flow());
  }

  Stream<String> lines() {
    Stream<String> head = Stream.of("", "[%d] %s".formatted(step, source));
    if (flow == null) {
      return Stream.concat(head, Stream.of("  (not recorded)"));
    }
    return Stream.of(
            head,
            line("defines", flow.defined().stream().map(Name::toString).toList()),
            line("uses", flow.used().stream().map(StepFlow::withStep).toList()),
            line("may change", flow.changed().stream().map(StepFlow::withStep).toList()))
        .flatMap(lines -> lines);
  }

  private static String withStep(Name name) {
    return "%s [%d]".formatted(name, name.step());
  }

  private static Stream<String> line(String what, List<String> names) {
    return names.isEmpty()
        ? Stream.empty()
        : Stream.of(
            "  %-10s  %s".formatted(what, names.stream().collect(Collectors.joining(", "))));
  }
}
