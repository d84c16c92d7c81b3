package reprise.server.job;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import reprise.ledger.Jar;
import reprise.ledger.JobVersion;
import reprise.ledger.JobVersion.JobInput;
import reprise.ledger.JobVersion.JobParameter;
import reprise.ledger.Run;
import reprise.ledger.Step;

/** In what one version of a job differs from another, for a person: a line each. */
final class VersionChanges {
  private final List<String> lines = new ArrayList<>();

  private VersionChanges() {}

  static List<String> between(JobVersion before, Run runBefore, JobVersion after, Run runAfter) {
    VersionChanges changes = new VersionChanges();
    changes.code(runBefore, runAfter);
    changes.named(
        "parameter",
        before.parameters(),
        after.parameters(),
        JobParameter::name,
        JobParameter::value);
    changes.named("input", before.inputs(), after.inputs(), JobInput::path, VersionChanges::input);
    changes.one(
        "JDK", runBefore.environment().jdk().version(), runAfter.environment().jdk().version());
    changes.named(
        "jar", jars(runBefore), jars(runAfter), Jar::path, it -> String.valueOf(it.digest()));
    changes.one("chance", chance(before), chance(after));
    changes.one("network", network(before), network(after));
    changes.one("order", order(before), order(after));
    return changes.lines;
  }

  private static String input(JobInput input) {
    return input.live() ? "live" : "frozen as " + input.digest();
  }

  private static String chance(JobVersion version) {
    return version.freshChance() ? "new each time" : "as recorded";
  }

  private static String network(JobVersion version) {
    return version.online() ? "asked each time" : "as recorded";
  }

  private static String order(JobVersion version) {
    return version.stages().isEmpty()
        ? "one step after the other"
        : "%d stages side by side".formatted(version.stages().size());
  }

  private static List<Jar> jars(Run run) {
    return Stream.concat(
            run.environment().classPath().stream(),
            run.history().stream().map(Step::jars).flatMap(List::stream))
        .collect(
            Collectors.toMap(Jar::path, it -> it, (first, second) -> second, LinkedHashMap::new))
        .values()
        .stream()
        .toList();
  }

  private void code(Run before, Run after) {
    List<String> old = before.history().stream().map(Step::source).toList();
    List<String> now = after.history().stream().map(Step::source).toList();
    if (old.size() != now.size()) {
      lines.add("steps: %d → %d".formatted(old.size(), now.size()));
    }
    Set<String> gone = new LinkedHashSet<>(old);
    now.forEach(gone::remove);
    Set<String> come = new LinkedHashSet<>(now);
    old.forEach(come::remove);
    if (!gone.isEmpty() || !come.isEmpty()) {
      lines.add(
          "code: %d %s out, %d in"
              .formatted(gone.size(), gone.size() == 1 ? "cell" : "cells", come.size()));
    } else if (!old.equals(now)) {
      lines.add("code: the same cells in another order");
    }
  }

  private void one(String what, String before, String after) {
    if (!before.equals(after)) {
      lines.add("%s: %s → %s".formatted(what, before, after));
    }
  }

  private <T> void named(
      String what,
      List<T> before,
      List<T> after,
      Function<T, String> name,
      Function<T, String> value) {
    Map<String, String> old = values(before, name, value);
    Map<String, String> now = values(after, name, value);
    Set<String> names = new LinkedHashSet<>(old.keySet());
    names.addAll(now.keySet());
    for (String each : names) {
      String was = old.get(each);
      String is = now.get(each);
      if (!Objects.equals(was, is)) {
        lines.add(
            "%s %s: %s → %s"
                .formatted(what, each, was == null ? "none" : was, is == null ? "none" : is));
      }
    }
  }

  private static <T> Map<String, String> values(
      List<T> all, Function<T, String> name, Function<T, String> value) {
    Map<String, String> values = new LinkedHashMap<>();
    all.forEach(it -> values.put(name.apply(it), value.apply(it)));
    return values;
  }
}
