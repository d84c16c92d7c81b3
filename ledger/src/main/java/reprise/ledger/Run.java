package reprise.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run with its whole history, told by its session's events.
 *
 * @param continues the run whose state it took over; null for the first of a session
 * @param startedAt when it opened
 * @param endedAt null while it is open
 * @param history every step up to this run's last, those of the runs it continues first
 * @param notes what a person must know about the recording, a sentence each
 * @param tags that it was given, by their keys
 * @param remarks what people wrote down about it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Run(
    RunId run,
    ExperimentName experiment,
    @Nullable String name,
    SessionId session,
    @Nullable RunId continues,
    Origin origin,
    Notebook notebook,
    String kernel,
    String host,
    Environment environment,
    RunStatus status,
    Instant startedAt,
    @Nullable Instant endedAt,
    List<Step> history,
    List<String> notes,
    Map<String, String> tags,
    List<String> remarks) {

  /** Takes null for what an older version did not know. */
  public Run(
      RunId run,
      ExperimentName experiment,
      @Nullable String name,
      SessionId session,
      @Nullable RunId continues,
      Origin origin,
      Notebook notebook,
      String kernel,
      String host,
      Environment environment,
      RunStatus status,
      Instant startedAt,
      @Nullable Instant endedAt,
      List<Step> history,
      List<String> notes,
      @Nullable Map<String, String> tags,
      @Nullable List<String> remarks) {
    this.run = run;
    this.experiment = experiment;
    this.name = name;
    this.session = session;
    this.continues = continues;
    this.origin = origin;
    this.notebook = notebook;
    this.kernel = kernel;
    this.host = host;
    this.environment = environment;
    this.status = status;
    this.startedAt = startedAt;
    this.endedAt = endedAt;
    this.history = List.copyOf(history);
    this.notes = List.copyOf(notes);
    this.tags = tags == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    this.remarks = remarks == null ? List.of() : List.copyOf(remarks);
  }

  /**
   * Folds a session's events, from number 1, into the run {@code id}.
   *
   * @return empty if the run does not open among these events
   */
  public static Optional<Run> of(RunId id, Iterable<? extends RunEvent> session) {
    return RunFold.over(session).find(id);
  }

  /** The runs of a session in the order in which they opened, from its events from number 1. */
  public static List<Run> all(Iterable<? extends RunEvent> session) {
    return RunFold.over(session).all();
  }

  /** The same run, as if no more than these steps had happened. */
  public Run only(List<Step> steps) {
    return new Run(
        run,
        experiment,
        name,
        session,
        continues,
        origin,
        notebook,
        kernel,
        host,
        environment,
        status,
        startedAt,
        endedAt,
        steps,
        notes,
        tags,
        remarks);
  }

  /** The steps that happened in this run itself. */
  public List<Step> steps() {
    return history.stream().filter(step -> step.run().equals(run)).toList();
  }
}
