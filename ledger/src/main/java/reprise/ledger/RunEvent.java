package reprise.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of a session's journal. A session's events are numbered from 1 without gaps; the kernel
 * writes them, everyone else only reads. Steps are numbered from 1 through the whole session, so a
 * run's history, the steps of the runs it continues and its own, has no number twice.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface RunEvent {
  SessionId session();

  /** From 1, without gaps, in the order of the journal. */
  long number();

  Instant at();

  /** The run that the event belongs to; null for the session's own beginning and end. */
  default @Nullable RunId run() {
    return null;
  }

  /**
   * Always number 1.
   *
   * @param kernel name and version of the kernel that runs the cells
   * @param pid of the kernel's process, so that its death can be noticed on the same machine
   */
  @JsonTypeName("session-started")
  record SessionStarted(
      SessionId session,
      long number,
      Instant at,
      Notebook notebook,
      String kernel,
      String host,
      long pid,
      Environment environment)
      implements RunEvent {}

  /** A stretch of steps begins; it ends when the next one begins, or with the session. */
  @JsonTypeName("run-opened")
  record RunOpened(
      SessionId session,
      long number,
      Instant at,
      RunId run,
      ExperimentName experiment,
      @Nullable String name,
      @Nullable RunId continues,
      Origin origin)
      implements RunEvent {}

  /**
   * A cell is about to run.
   *
   * @param cell the id that the notebook gives it, else one made from its content and order
   * @param executionCount the number in the notebook's margin; null for silent requests
   * @param tags of the cell in the notebook, where they are known
   */
  @JsonTypeName("cell-started")
  record CellStarted(
      SessionId session,
      long number,
      Instant at,
      RunId run,
      int step,
      String cell,
      @Nullable Integer executionCount,
      String source,
      List<String> tags)
      implements RunEvent {
    public CellStarted {
      tags = List.copyOf(tags);
    }
  }

  /** Something was shown while the step ran, or by a thread that outlived it. */
  @JsonTypeName("output-added")
  record OutputAdded(SessionId session, long number, Instant at, RunId run, int step, Output output)
      implements RunEvent {}

  /**
   * The step asked the person for a line and got one.
   *
   * @param text null for a password, which is never written down
   */
  @JsonTypeName("input-read")
  record InputRead(
      SessionId session,
      long number,
      Instant at,
      RunId run,
      int step,
      String prompt,
      @Nullable String text)
      implements RunEvent {}

  /**
   * The step is over; this line is on the disk before its result is shown.
   *
   * @param chance null if it used none, or if nobody looked
   * @param flow null in what versions wrote that did not look
   */
  @JsonTypeName("cell-ended")
  record CellEnded(
      SessionId session,
      long number,
      Instant at,
      RunId run,
      int step,
      Outcome outcome,
      long tookNanos,
      List<Data> data,
      List<Parameter> parameters,
      List<Value> values,
      List<Jar> jars,
      @Nullable Chance chance,
      @Nullable Flow flow)
      implements RunEvent {
    public CellEnded {
      data = List.copyOf(data);
      parameters = List.copyOf(parameters);
      values = List.copyOf(values);
      jars = List.copyOf(jars);
    }
  }

  /**
   * A thread that outlived its step did something to files after the step's end, or more came of a
   * reply from the network.
   */
  @JsonTypeName("data-touched")
  record DataTouched(
      SessionId session, long number, Instant at, RunId run, int step, List<Data> data)
      implements RunEvent {
    public DataTouched {
      data = List.copyOf(data);
    }
  }

  /** The step started a process; written when the step has ended. */
  @JsonTypeName("child-ran")
  record ChildRan(
      SessionId session, long number, Instant at, RunId run, int step, ChildProcess child)
      implements RunEvent {}

  /** The notebook logged a number. */
  @JsonTypeName("metric-logged")
  record MetricLogged(
      SessionId session,
      long number,
      Instant at,
      RunId run,
      int step,
      String name,
      double value,
      long index)
      implements RunEvent {}

  /**
   * The notebook named a file as something that it was made for.
   *
   * @param path absolute; its bytes are kept like those of any file that the step read
   */
  @JsonTypeName("artifact-named")
  record ArtifactNamed(SessionId session, long number, Instant at, RunId run, int step, String path)
      implements RunEvent {}

  /** The run was given a tag; a later one with the same key takes its place. */
  @JsonTypeName("run-tagged")
  record RunTagged(SessionId session, long number, Instant at, RunId run, String key, String value)
      implements RunEvent {}

  /** Somebody wrote down something about the run. */
  @JsonTypeName("run-remarked")
  record RunRemarked(SessionId session, long number, Instant at, RunId run, String text)
      implements RunEvent {}

  /** A look at the machine while a step takes long. */
  @JsonTypeName("load-sampled")
  record LoadSampled(SessionId session, long number, Instant at, RunId run, int step, Load load)
      implements RunEvent {}

  /**
   * The notebook asked for an environment variable, for the first time in its session.
   *
   * @param value null if it was not set
   */
  @JsonTypeName("variable-read")
  record VariableRead(
      SessionId session,
      long number,
      Instant at,
      RunId run,
      int step,
      String name,
      @Nullable String value)
      implements RunEvent {}

  /** The step brought an engine into the JVM; written when the step has ended. */
  @JsonTypeName("engine-loaded")
  record EngineLoaded(
      SessionId session, long number, Instant at, RunId run, int step, Engine engine)
      implements RunEvent {}

  /**
   * The code as it was when the step began stands in the experiment's history.
   *
   * @param commit its name there, 40 hex digits
   */
  @JsonTypeName("snapshot-taken")
  record SnapshotTaken(
      SessionId session,
      long number,
      Instant at,
      RunId run,
      int step,
      ExperimentName experiment,
      String commit)
      implements RunEvent {}

  /** Something about the recording itself that a person must know, in one sentence. */
  @JsonTypeName("recording-noted")
  record RecordingNoted(
      SessionId session, long number, Instant at, @Nullable RunId run, String text)
      implements RunEvent {}

  /**
   * Always the last. Written by whoever finds the kernel dead, if it could not do so itself.
   *
   * @param how {@code shutdown}, {@code restart}, {@code exit} or {@code killed}
   */
  @JsonTypeName("session-ended")
  record SessionEnded(SessionId session, long number, Instant at, String how) implements RunEvent {}
}
