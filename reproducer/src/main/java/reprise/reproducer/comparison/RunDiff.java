package reprise.reproducer.comparison;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Data;
import reprise.ledger.Jar;
import reprise.ledger.Reproduction.Divergence;
import reprise.ledger.Run;
import reprise.ledger.RunId;
import reprise.ledger.Step;
import reprise.ledger.Wire;
import reprise.reproducer.comparison.Alignment.Pair;

/**
 * In what two runs differ; what is the same in both is left out.
 *
 * @param same whether there is no difference at all
 * @param first what came out otherwise first, in a step that both have, by the number that it has
 *     in {@code a}; null if nothing did
 * @param parameters by name, as the source last spelled them
 * @param values as they were after the last step
 * @param metrics by name, each the last of its points
 * @param code steps whose source differs, or that only one has
 * @param data files and replies that were read, by path or URL, with the digest of what came first
 * @param environment by the name of the setting or variable, and jars by their file's name
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunDiff(
    RunId a,
    RunId b,
    boolean same,
    @Nullable Divergence first,
    List<Named> parameters,
    List<Named> values,
    List<Named> metrics,
    List<Code> code,
    List<Named> data,
    List<Named> environment) {

  /** Something that has another value in each run; null where it is not there. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Named(String name, @Nullable String a, @Nullable String b) {}

  /**
   * Steps that belong together but differ in their source, or one that stands alone.
   *
   * @param left the step's number in {@code a}; null if it is not there
   * @param diff as git writes one, without its head
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Code(@Nullable Integer left, @Nullable Integer right, String diff) {}

  /** Compares all that is recorded of the two. */
  public static RunDiff of(Run a, Run b) {
    SideBySide both = SideBySide.of(a, b);
    Divergence first = both.isSame() ? null : both.compared().divergences().get(0);
    List<Named> parameters = named(parameters(a), parameters(b));
    List<Named> values = named(values(a), values(b));
    List<Named> metrics = named(metrics(a), metrics(b));
    List<Code> code = code(both.pairs());
    List<Named> data = named(data(a), data(b));
    List<Named> environment = named(environment(a), environment(b));
    boolean same =
        first == null
            && List.of(parameters, values, metrics, code, data, environment).stream()
                .allMatch(List::isEmpty);
    return new RunDiff(
        a.run(), b.run(), same, first, parameters, values, metrics, code, data, environment);
  }

  private static List<Named> named(Map<String, String> a, Map<String, String> b) {
    Set<String> names = new TreeSet<>(a.keySet());
    names.addAll(b.keySet());
    List<Named> differing = new ArrayList<>();
    for (String name : names) {
      if (!Objects.equals(a.get(name), b.get(name))) {
        differing.add(new Named(name, a.get(name), b.get(name)));
      }
    }
    return differing;
  }

  private static Map<String, String> parameters(Run run) {
    Map<String, String> last = new TreeMap<>();
    run.history().forEach(step -> step.parameters().forEach(it -> last.put(it.name(), it.value())));
    return last;
  }

  private static Map<String, String> values(Run run) {
    Map<String, String> last = new TreeMap<>();
    for (Step step : run.history()) {
      step.values().stream()
          .filter(value -> !value.opaque())
          .forEach(
              value ->
                  last.put(
                      value.name(),
                      value.text() != null ? value.text() : String.valueOf(value.digest())));
    }
    return last;
  }

  private static Map<String, String> metrics(Run run) {
    Map<String, String> last = new TreeMap<>();
    for (Step step : run.history()) {
      step.metrics().forEach(it -> last.put(it.name(), String.valueOf(it.value())));
    }
    return last;
  }

  private static Map<String, String> data(Run run) {
    Map<String, String> first = new LinkedHashMap<>();
    for (Step step : run.history()) {
      for (Data data : step.data()) {
        boolean isRead =
            data.direction() == Data.Direction.READ || data.direction() == Data.Direction.RECEIVED;
        if (isRead && data.digest() != null) {
          first.putIfAbsent(data.path(), data.digest().hex());
        }
      }
    }
    return first;
  }

  private static Map<String, String> environment(Run run) {
    Map<String, String> all = new TreeMap<>();
    JsonNode environment = Wire.JSON.valueToTree(run.environment());
    environment
        .properties()
        .forEach(
            field -> {
              JsonNode value = field.getValue();
              if (!Set.of("variables", "classPath", "absent").contains(field.getKey())) {
                all.put(field.getKey(), value.isTextual() ? value.textValue() : value.toString());
              }
            });
    all.putAll(run.environment().variables());
    run.environment().classPath().forEach(jar -> addJar(jar, all));
    run.history().forEach(step -> step.jars().forEach(jar -> addJar(jar, all)));
    return all;
  }

  private static void addJar(Jar jar, Map<String, String> all) {
    String name = jar.path().substring(jar.path().lastIndexOf('/') + 1);
    all.put(name, jar.digest() == null ? "a folder" : jar.digest().hex());
  }

  private static List<Code> code(List<Pair> pairs) {
    List<Code> code = new ArrayList<>();
    for (Pair pair : pairs) {
      String before = source(pair.left());
      String now = source(pair.right());
      if (!before.equals(now)) {
        code.add(new Code(number(pair.left()), number(pair.right()), SourceDiff.of(before, now)));
      }
    }
    return code;
  }

  private static String source(@Nullable Step step) {
    return step == null ? "" : step.source();
  }

  private static @Nullable Integer number(@Nullable Step step) {
    return step == null ? null : step.step();
  }
}
