package reprise.server.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Attempt;
import reprise.ledger.AttemptStatus;
import reprise.ledger.Firing;
import reprise.ledger.Outcome;
import reprise.ledger.Run;
import reprise.ledger.RunId;
import reprise.ledger.StageResult;
import reprise.ledger.StageStatus;
import reprise.ledger.Step;

/** An attempt as spans: how long it waited, its stages and its steps, by what was recorded. */
record AttemptTrace(Tracer tracer, Firing firing, Attempt attempt) {
  private static final int LONGEST_CODE = 120;

  /**
   * Begins and ends every span.
   *
   * @param runs that the attempt became itself
   */
  void write(List<Run> runs) {
    Instant end = attempt.endedAt() == null ? Instant.now() : attempt.endedAt();
    Instant start = attempt.startedAt() == null ? end : attempt.startedAt();
    Instant since = earlier(waitsSince(), start);
    Span root = root(since);
    Context inside = Context.root().with(root);
    builder("waiting", inside, since).startSpan().end(start);
    for (StageResult stage : attempt.stages()) {
      write(stage, run(runs, stage.run()), inside, start);
    }
    if (attempt.run() != null) {
      writeSteps(run(runs, attempt.run()), inside, end);
    }
    root.end(end);
  }

  /** Another attempt than the first waits from when it was wanted, not from its firing. */
  private Instant waitsSince() {
    return attempt.number() == 1 ? firing.createdAt() : attempt.notBefore();
  }

  private Span root(Instant since) {
    Span root =
        builder(firing.job().value(), Context.root(), since)
            .setAttribute("reprise.job", firing.job().value())
            .setAttribute("reprise.version", firing.version())
            .setAttribute("reprise.firing", firing.firing())
            .setAttribute("reprise.cause", firing.cause())
            .setAttribute("reprise.attempt", attempt.attempt().value())
            .setAttribute("reprise.number", attempt.number())
            .setAttribute("reprise.place", attempt.place())
            .setAttribute("reprise.status", word(attempt.status()))
            .startSpan();
    say(root, "reprise.due", firing.due());
    say(root, "reprise.run", attempt.run() == null ? null : attempt.run().value());
    say(root, "reprise.verdict", attempt.verdict());
    say(root, "reprise.why", attempt.why());
    boolean wanted =
        attempt.status() == AttemptStatus.SUCCEEDED || attempt.status() == AttemptStatus.CANCELLED;
    if (!wanted) {
      fail(root, attempt.why());
    }
    return root;
  }

  /** One that was not done again takes no time, and says whose results it has. */
  private void write(StageResult stage, @Nullable Run run, Context parent, Instant start) {
    Instant from = run == null ? start : run.startedAt();
    Instant to = from.plusMillis(run == null || stage.millis() == null ? 0 : stage.millis());
    Span span =
        builder("stage " + stage.stage(), parent, from)
            .setAttribute("reprise.stage", stage.stage())
            .setAttribute("reprise.status", word(stage.status()))
            .startSpan();
    say(span, "reprise.verdict", stage.verdict());
    say(span, "reprise.attempt", stage.attempt() == null ? null : stage.attempt().value());
    if (stage.status() == StageStatus.FAILED) {
      fail(span, stage.why());
    }
    writeSteps(run, parent.with(span), to);
    span.end(later(to, end(run, to)));
  }

  private void writeSteps(@Nullable Run run, Context parent, Instant otherwise) {
    if (run != null) {
      run.history().forEach(it -> write(it, parent, otherwise));
    }
  }

  private void write(Step step, Context parent, Instant otherwise) {
    Span span =
        builder("step " + step.step(), parent, step.startedAt())
            .setAttribute("reprise.step", step.step())
            .setAttribute("reprise.cell", step.cell())
            .setAttribute("reprise.code", firstLine(step.source()))
            .startSpan();
    Outcome outcome = step.outcome();
    if (outcome instanceof Outcome.Failed failed) {
      span.setAttribute("exception.type", failed.exception());
      say(span, "exception.message", failed.message());
      fail(span, failed.message() == null ? failed.exception() : failed.message());
    } else if (outcome == null || !outcome.succeeded()) {
      fail(span, "it did not come to its end");
    }
    span.end(end(step, otherwise));
  }

  private static Instant end(@Nullable Run run, Instant otherwise) {
    return run == null
        ? otherwise
        : run.history().stream()
            .map(it -> end(it, otherwise))
            .max(Comparator.naturalOrder())
            .orElse(otherwise);
  }

  private static Instant end(Step step, Instant otherwise) {
    return step.tookNanos() == null
        ? later(step.startedAt(), otherwise)
        : step.startedAt().plusNanos(step.tookNanos());
  }

  private SpanBuilder builder(String name, Context parent, Instant from) {
    return tracer.spanBuilder(name).setParent(parent).setStartTimestamp(from);
  }

  private static @Nullable Run run(List<Run> runs, @Nullable RunId id) {
    return runs.stream().filter(it -> it.run().equals(id)).findFirst().orElse(null);
  }

  private static void say(Span span, String name, @Nullable Object value) {
    if (value != null) {
      span.setAttribute(name, String.valueOf(value));
    }
  }

  private static void fail(Span span, @Nullable String why) {
    span.setStatus(StatusCode.ERROR, why == null ? "" : why);
  }

  private static String word(Enum<?> kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static String firstLine(String source) {
    String line = source.strip().lines().findFirst().orElse("");
    return line.substring(0, Math.min(line.length(), LONGEST_CODE));
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
