package reprise.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
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
    List<String> notes) {

  public Run {
    history = List.copyOf(history);
    notes = List.copyOf(notes);
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

  /** The steps that happened in this run itself. */
  public List<Step> steps() {
    return history.stream().filter(step -> step.run().equals(run)).toList();
  }
}
