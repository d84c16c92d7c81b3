package reprise.reproducer.export;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import reprise.ledger.Data;
import reprise.ledger.Data.Direction;
import reprise.ledger.Digest;
import reprise.ledger.Run;
import reprise.ledger.Step;

/** Some bytes at some place: what went into steps and what came out of them. */
record Touched(String path, Digest digest, long size, boolean kept) {
  private static Touched of(Data data, Digest digest) {
    return new Touched(data.path(), digest, data.size(), data.keepsItsBytes());
  }

  /** What a step read of files and of the network; each once. */
  static List<Touched> inputs(Step step) {
    return of(step, way -> way == Direction.READ || way == Direction.RECEIVED);
  }

  /** The files that a step wrote, as it left them. */
  static List<Touched> outputs(Step step) {
    return of(step, way -> way == Direction.WRITTEN);
  }

  private static List<Touched> of(Step step, Predicate<Direction> way) {
    Map<String, Touched> found = new LinkedHashMap<>();
    for (Data data : step.data()) {
      Digest digest = data.digest();
      if (digest != null && way.test(data.direction())) {
        Touched touched = of(data, digest);
        found.put(touched.name(), touched);
      }
    }
    return List.copyOf(found.values());
  }

  /** All inputs of the steps that no step before had written, or all outputs. */
  static List<Touched> from(Run run, boolean inputs) {
    Map<String, Touched> found = new LinkedHashMap<>();
    Map<String, Touched> made = new LinkedHashMap<>();
    for (Step step : run.history()) {
      inputs(step).stream()
          .filter(it -> !made.containsKey(it.name()))
          .forEach(it -> found.putIfAbsent(it.name(), it));
      outputs(step).forEach(it -> made.put(it.name(), it));
    }
    return new ArrayList<>((inputs ? found : made).values());
  }

  /** Everything that any step touched. */
  static Collection<Touched> all(Run run) {
    Map<String, Touched> found = new LinkedHashMap<>();
    for (Step step : run.history()) {
      inputs(step).forEach(it -> found.putIfAbsent(it.name(), it));
      outputs(step).forEach(it -> found.putIfAbsent(it.name(), it));
    }
    return found.values();
  }

  /** The last part of the path, fit to be a file's name anywhere. */
  String file() {
    String last = path.replaceAll("[?#].*", "").replaceAll("/+$", "");
    String fit = last.substring(last.lastIndexOf('/') + 1).replaceAll("[^A-Za-z0-9._-]", "_");
    return fit.isEmpty() || fit.startsWith(".") ? "file" + fit : fit;
  }

  /** Tells the same bytes at the same place from all others. */
  String name() {
    return digest.hex().substring(0, 16) + "/" + file();
  }
}
