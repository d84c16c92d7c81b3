package reprise.extension.capture;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reprise.extension.cell.Voice;
import reprise.extension.secret.Mask;
import reprise.ledger.Chance;
import reprise.ledger.Data;
import reprise.ledger.Parameter;
import reprise.ledger.RunEvent;
import reprise.ledger.RunId;

/**
 * What a notebook says of itself, on its way into the journal; and what it is told in return. Does
 * not hold its own lock while it writes: whoever writes already may ask it for something.
 */
final class Sayings implements Voice {
  private static final int MOST_LINES = 50;

  private final Logbook log;
  private final Mask mask;
  private final Function<RunId, String> page;
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();
  private final Map<String, Long> indexes = new HashMap<>();
  private final Set<String> notKept = new LinkedHashSet<>();

  /**
   * @param page where a run can be looked at
   */
  Sayings(Logbook log, Mask mask, Function<RunId, String> page) {
    this.log = log;
    this.mask = mask;
    this.page = page;
  }

  synchronized void runOpens() {
    indexes.clear();
    notKept.clear();
  }

  @Override
  public synchronized void parameter(String name, String type, String literal) {
    String declaration = "String " + identifier(name) + " = ";
    String masked = mask.source(declaration + literal + ";").text();
    String value = masked.substring(declaration.length(), masked.length() - 1);
    Boolean secret = value.equals(literal) ? null : Boolean.TRUE;
    parameters.put(
        name, new Parameter(name, type, value, Parameter.NOWHERE, Parameter.NOWHERE, secret));
  }

  private static String identifier(String name) {
    return name.replaceAll("\\W", "_");
  }

  /** Those that were asked for since the last call. */
  synchronized List<Parameter> takeParameters() {
    List<Parameter> taken = List.copyOf(parameters.values());
    parameters.clear();
    return taken;
  }

  @Override
  public void metric(String name, double value, @Nullable Long given) {
    long index = index(name, given);
    say(
        () ->
            log.append(
                n ->
                    new RunEvent.MetricLogged(
                        log.session().id(),
                        n,
                        log.now(),
                        log.run(),
                        log.step(),
                        name,
                        value,
                        index)));
  }

  private synchronized long index(String name, @Nullable Long given) {
    long index = given == null ? indexes.getOrDefault(name, -1L) + 1 : given;
    indexes.put(name, index);
    return index;
  }

  /** Opened like any file that the cell reads, it is kept like one. */
  @Override
  public void artifact(Path path) {
    try (InputStream bytes = Files.newInputStream(path)) {
      bytes.read();
    } catch (IOException e) {
      log.note("%s was named as an artifact and cannot be read".formatted(path));
      return;
    }
    say(
        () ->
            log.append(
                n ->
                    new RunEvent.ArtifactNamed(
                        log.session().id(),
                        n,
                        log.now(),
                        log.run(),
                        log.step(),
                        path.toAbsolutePath().normalize().toString())));
  }

  @Override
  public void tag(String key, String value) {
    say(
        () ->
            log.append(
                n ->
                    new RunEvent.RunTagged(
                        log.session().id(), n, log.now(), log.run(), key, mask.value(key, value))));
  }

  @Override
  public void remark(String text) {
    say(
        () ->
            log.append(
                n ->
                    new RunEvent.RunRemarked(
                        log.session().id(), n, log.now(), log.run(), mask.text(text))));
  }

  private void say(Logbook.Attempt attempt) {
    log.attempt(
        () -> {
          if (log.hasRun()) {
            attempt.make();
          }
        });
  }

  /** Remembers what of a step that has ended is not kept. */
  synchronized void ended(int step, List<Data> data, @Nullable Chance chance) {
    for (Data each : data) {
      if (Boolean.TRUE.equals(each.digestOnly())) {
        notKept.add(
            "step %d: the bytes of %s, more than the policy keeps".formatted(step, each.path()));
      } else if (each.digest() == null && each.note() != null) {
        notKept.add("step %d: %s, %s".formatted(step, each.path(), each.note()));
      }
    }
    if (chance != null) {
      chance.notes().forEach(note -> notKept.add("step %d: %s".formatted(step, note)));
    }
  }

  @Override
  public List<String> status() {
    if (!log.hasRun()) {
      return List.of("No run is open yet.");
    }
    List<String> lines = new ArrayList<>();
    lines.add("Run %s of %s".formatted(log.run(), log.session().experiment()));
    lines.add(page.apply(log.run()));
    addNotKept(lines);
    return lines;
  }

  private synchronized void addNotKept(List<String> lines) {
    notKept.stream().limit(MOST_LINES).forEach(line -> lines.add("not kept: " + line));
    if (notKept.size() > MOST_LINES) {
      lines.add("and %d more that is not kept".formatted(notKept.size() - MOST_LINES));
    }
  }
}
