package reprise.server.job;

import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import reprise.ledger.Constant;
import reprise.ledger.JobVersion.JobParameter;
import reprise.server.http.Refusal;

/** Sees that parameters are given values that they can have, before anything runs. */
final class ParameterCheck {
  private static final ZonedDateTime SOME_TIME = ZonedDateTime.parse("2027-01-01T00:00:00Z");

  private ParameterCheck() {}

  /**
   * Checks all of {@code given}, by name.
   *
   * @throws Refusal 400 if one is not known, or its value not of its type
   */
  static void of(String whose, List<JobParameter> known, Map<String, String> given) {
    given.forEach((name, value) -> check(whose, known, name, value));
  }

  /**
   * The parameter of this name.
   *
   * @throws Refusal 400 if it is not known
   */
  static JobParameter named(String whose, List<JobParameter> known, String name) {
    return known.stream()
        .filter(it -> it.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new Refusal(
                    400, "%s has no parameter '%s'; %s".formatted(whose, name, list(known))));
  }

  private static void check(String whose, List<JobParameter> known, String name, String value) {
    JobParameter parameter = named(whose, known, name);
    String filled = DueTime.fill(value, SOME_TIME);
    if (Constant.spelled(parameter.type(), filled).isEmpty()) {
      throw new Refusal(
          400,
          "'%s' is not a value of type %s, which %s has; %s"
              .formatted(value, parameter.type(), name, list(known)));
    }
  }

  private static String list(List<JobParameter> known) {
    return known.isEmpty()
        ? "it has none"
        : known.stream()
            .map(it -> "%s (%s)".formatted(it.name(), it.type()))
            .collect(Collectors.joining(", ", "its parameters are ", ""));
  }
}
