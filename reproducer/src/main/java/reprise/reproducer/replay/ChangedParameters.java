package reprise.reproducer.replay;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import reprise.ledger.Constant;
import reprise.ledger.Parameter;
import reprise.ledger.Run;
import reprise.ledger.Step;

/** Constants of a run's parameters that are others in a replay. */
final class ChangedParameters {
  private final Map<Integer, List<Change>> bySteps = new HashMap<>();
  private final Map<String, String> asked = new LinkedHashMap<>();
  private final List<String> lines = new ArrayList<>();

  /** A place in a step's source, and what shall stand there. */
  private record Change(int start, int end, String constant) {}

  /** A parameter as a step has it. */
  private record Place(int step, Parameter parameter) {}

  private ChangedParameters() {}

  /**
   * Finds the places of the parameters in the run.
   *
   * @param values by name, as a person writes them
   * @throws NotOfThisRun if the run has no such parameter, or one of another type
   */
  static ChangedParameters of(Run run, Map<String, String> values) {
    ChangedParameters changed = new ChangedParameters();
    Map<String, List<Place>> places = places(run);
    values.forEach((name, value) -> changed.change(name, value, places));
    return changed;
  }

  /** By name, those of one name in their order. */
  private static Map<String, List<Place>> places(Run run) {
    Map<String, List<Place>> places = new TreeMap<>();
    for (Step step : run.history()) {
      for (Parameter parameter : step.parameters()) {
        if (parameter.canBeTold()) {
          places
              .computeIfAbsent(parameter.name(), name -> new ArrayList<>())
              .add(new Place(step.step(), parameter));
        }
      }
    }
    return places;
  }

  private void change(String name, String value, Map<String, List<Place>> places) {
    List<Place> all = places.get(name);
    if (all == null) {
      throw new NotOfThisRun(
          "This run has no parameter or secret called %s; %s.".formatted(name, known(places)));
    }
    Parameter latest = all.get(all.size() - 1).parameter();
    String constant =
        Constant.spelled(Constant.type(latest), value)
            .orElseThrow(
                () ->
                    new NotOfThisRun(
                        "'%s' is not a value of type %s, which %s has; %s."
                            .formatted(value, Constant.type(latest), name, known(places))));
    List<Place> now =
        all.stream().filter(it -> it.parameter().value().equals(latest.value())).toList();
    boolean isAsked = latest.start() == Parameter.NOWHERE;
    if (isAsked) {
      asked.put(name, value);
    } else {
      now.forEach(it -> put(it, constant));
    }
    lines.add(
        "the parameter %s is %s instead of %s, %s"
            .formatted(
                name,
                constant,
                latest.value(),
                isAsked ? "wherever the notebook asks for it" : in(now, all)));
  }

  private void put(Place place, String constant) {
    Parameter parameter = place.parameter();
    if (parameter.start() != Parameter.NOWHERE) {
      bySteps
          .computeIfAbsent(place.step(), step -> new ArrayList<>())
          .add(new Change(parameter.start(), parameter.end(), constant));
    }
  }

  private static String in(List<Place> changed, List<Place> all) {
    String steps = numbers(changed);
    List<Place> others = all.stream().filter(place -> !changed.contains(place)).toList();
    return others.isEmpty()
        ? "in " + steps
        : "in %s; in %s it is another value, which stays".formatted(steps, numbers(others));
  }

  private static String numbers(List<Place> places) {
    String numbers =
        places.stream().map(it -> String.valueOf(it.step())).collect(Collectors.joining(", "));
    return (places.size() == 1 ? "step " : "steps ") + numbers;
  }

  private static String known(Map<String, List<Place>> places) {
    if (places.isEmpty()) {
      return "it has none that can be changed";
    }
    return places.entrySet().stream()
        .map(it -> "%s (%s)".formatted(it.getKey(), type(it.getValue())))
        .collect(Collectors.joining(", ", "it has ", ""));
  }

  private static String type(List<Place> places) {
    return Constant.type(places.get(places.size() - 1).parameter());
  }

  /** The step's source with the other constants in their places. */
  String source(Step step) {
    StringBuilder source = new StringBuilder(step.source());
    bySteps.getOrDefault(step.step(), List.of()).stream()
        .sorted(Comparator.comparingInt(Change::start).reversed())
        .forEach(change -> source.replace(change.start(), change.end(), change.constant()));
    return source.toString();
  }

  /** What the notebook gets when it asks for a parameter, by name. */
  Map<String, String> asked() {
    return asked;
  }

  /** What is changed, a line each. */
  List<String> lines() {
    return lines;
  }
}
