package reprise.reproducer.cause;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import reprise.ledger.Explanation;
import reprise.ledger.Parameter;
import reprise.ledger.Step;

/** In what the source of one cell differs between two runs: its parameters, or more than that. */
final class SourceFactors {
  private static final Pattern JARS =
      Pattern.compile(
          "\\s*%%?(maven|dependency|jars|classpath|mavenRepo|addMavenDependenc\\w+|"
              + "loadFromPOM|pom)\\b.*");

  private SourceFactors() {}

  static List<Factor> between(int place, Step base, Step other) {
    if (base.source().equals(other.source())) {
      return List.of();
    }
    List<Factor> parameters = parameters(place, base, other);
    if (!parameters.isEmpty()) {
      return parameters;
    }
    Explanation.Factor kind =
        withoutJars(base.source()).equals(withoutJars(other.source()))
            ? Explanation.Factor.DEPENDENCY_JAR
            : Explanation.Factor.CODE;
    String source = other.source();
    return List.of(
        new Factor(
            kind,
            kind == Explanation.Factor.CODE
                ? "step %d".formatted(base.step())
                : "%s → %s".formatted(jars(base.source()), jars(source)),
            draft -> draft.step(place).put("source", source)));
  }

  /** One for each constant that differs; empty if there are other differences too. */
  private static List<Factor> parameters(int place, Step base, Step other) {
    Map<String, Parameter> theirs = new HashMap<>();
    placed(other).forEach(it -> theirs.put(it.name(), it));
    List<Factor> factors = new ArrayList<>();
    StringBuilder source = new StringBuilder(base.source());
    for (Parameter ours : placed(base)) {
      Parameter their = theirs.get(ours.name());
      if (their != null && !their.value().equals(ours.value())) {
        source.replace(ours.start(), ours.end(), their.value());
        factors.add(
            new Factor(
                Explanation.Factor.PARAMETER,
                "%s: %s → %s".formatted(ours.name(), ours.value(), their.value()),
                draft -> draft.edit(place, ours.start(), ours.end(), their.value())));
      }
    }
    return source.toString().equals(other.source()) ? factors : List.of();
  }

  /** Those that stand in the source, the last first. */
  private static List<Parameter> placed(Step step) {
    return step.parameters().stream()
        .filter(it -> it.start() != Parameter.NOWHERE)
        .sorted(Comparator.comparingInt(Parameter::start).reversed())
        .toList();
  }

  private static String withoutJars(String source) {
    return source
        .lines()
        .filter(it -> !JARS.matcher(it).matches())
        .collect(Collectors.joining("\n"));
  }

  private static String jars(String source) {
    return source
        .lines()
        .filter(it -> JARS.matcher(it).matches())
        .map(String::strip)
        .collect(Collectors.joining(" "));
  }
}
