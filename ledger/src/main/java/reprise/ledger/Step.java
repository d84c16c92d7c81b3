package reprise.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One cell run with all that is known of it. A cell that ran twice leaves two of these.
 *
 * @param step counts from 1 through the session, in the order in which cells really ran
 * @param run the run in which it happened
 * @param tookNanos null while it runs
 * @param outcome null while it runs
 * @param outputs as they stand under the cell, see {@link Outputs#shown}
 * @param inputs lines that the step asked for and got; null stands for a password
 * @param chance null if it used none, or if nobody looked
 * @param flow null while it runs, and in what versions wrote that did not look
 * @param children processes that it started, in order
 * @param snapshot the commit of the code as it was; null until it is taken
 * @param metrics in the order in which they were logged
 * @param artifacts absolute paths of files that the notebook named as results
 * @param load how busy the machine was, if the step took long
 * @param engines those that came into the JVM with it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Step(
    int step,
    RunId run,
    String cell,
    @Nullable Integer executionCount,
    String source,
    List<String> tags,
    Instant startedAt,
    @Nullable Long tookNanos,
    @Nullable Outcome outcome,
    List<Output> outputs,
    List<Input> inputs,
    List<Data> data,
    List<Parameter> parameters,
    List<Value> values,
    List<Jar> jars,
    @Nullable Chance chance,
    @Nullable Flow flow,
    List<ChildProcess> children,
    @Nullable String snapshot,
    List<Metric> metrics,
    List<String> artifacts,
    List<Load> load,
    List<Engine> engines) {

  /** Takes null for what an older version did not know. */
  public Step(
      int step,
      RunId run,
      String cell,
      @Nullable Integer executionCount,
      String source,
      List<String> tags,
      Instant startedAt,
      @Nullable Long tookNanos,
      @Nullable Outcome outcome,
      List<Output> outputs,
      List<Input> inputs,
      List<Data> data,
      List<Parameter> parameters,
      List<Value> values,
      List<Jar> jars,
      @Nullable Chance chance,
      @Nullable Flow flow,
      List<ChildProcess> children,
      @Nullable String snapshot,
      @Nullable List<Metric> metrics,
      @Nullable List<String> artifacts,
      @Nullable List<Load> load,
      @Nullable List<Engine> engines) {
    this.step = step;
    this.run = run;
    this.cell = cell;
    this.executionCount = executionCount;
    this.source = source;
    this.tags = tags;
    this.startedAt = startedAt;
    this.tookNanos = tookNanos;
    this.outcome = outcome;
    this.outputs = outputs;
    this.inputs = inputs;
    this.data = data;
    this.parameters = parameters;
    this.values = values;
    this.jars = jars;
    this.chance = chance;
    this.flow = flow;
    this.children = children;
    this.snapshot = snapshot;
    this.metrics = metrics == null ? List.of() : List.copyOf(metrics);
    this.artifacts = artifacts == null ? List.of() : List.copyOf(artifacts);
    this.load = load == null ? List.of() : List.copyOf(load);
    this.engines = engines == null ? List.of() : List.copyOf(engines);
  }

  /** A line read from the person; {@code text} is null for a password. */
  public record Input(String prompt, @Nullable String text) {}

  /** Whether a failure of this step is wanted, as the notebook's author says by tag. */
  public boolean mayFail() {
    return tags.contains("raises-exception");
  }
}
