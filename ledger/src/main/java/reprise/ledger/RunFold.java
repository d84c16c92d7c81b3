package reprise.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A session's events on their way to becoming runs. */
final class RunFold {
  private final Map<RunId, RunEvent.RunOpened> opened = new LinkedHashMap<>();
  private final Map<Integer, StepFold> steps = new TreeMap<>();
  private final Map<RunId, Map<String, String>> tags = new LinkedHashMap<>();
  private final Map<String, @Nullable String> variables = new TreeMap<>();
  private final List<RunEvent.RunRemarked> remarks = new ArrayList<>();
  private final List<RunEvent.RecordingNoted> notes = new ArrayList<>();
  private RunEvent.@Nullable SessionStarted started;
  private RunEvent.@Nullable SessionEnded ended;

  private RunFold() {}

  static RunFold over(Iterable<? extends RunEvent> session) {
    RunFold fold = new RunFold();
    session.forEach(fold::add);
    return fold;
  }

  private void add(RunEvent event) {
    if (event instanceof RunEvent.SessionStarted it) {
      started = it;
    } else if (event instanceof RunEvent.RunOpened it) {
      opened.put(it.run(), it);
    } else if (event instanceof RunEvent.CellStarted it) {
      steps.put(it.step(), new StepFold(it));
    } else if (event instanceof RunEvent.OutputAdded it) {
      step(it.step()).ifPresent(step -> step.outputs.add(it.output()));
    } else if (event instanceof RunEvent.InputRead it) {
      step(it.step()).ifPresent(step -> step.inputs.add(new Step.Input(it.prompt(), it.text())));
    } else if (event instanceof RunEvent.CellEnded it) {
      step(it.step()).ifPresent(step -> step.ended = it);
    } else if (event instanceof RunEvent.DataTouched it) {
      step(it.step()).ifPresent(step -> step.late.addAll(it.data()));
    } else if (event instanceof RunEvent.ChildRan it) {
      step(it.step()).ifPresent(step -> step.children.add(it.child()));
    } else if (event instanceof RunEvent.SnapshotTaken it) {
      step(it.step()).ifPresent(step -> step.snapshot = it.commit());
    } else if (event instanceof RunEvent.RecordingNoted it) {
      notes.add(it);
    } else if (event instanceof RunEvent.SessionEnded it) {
      ended = it;
    } else {
      addSaid(event);
    }
  }

  /** What the notebook said of itself, and what was seen beside it. */
  private void addSaid(RunEvent event) {
    if (event instanceof RunEvent.MetricLogged it) {
      Metric metric = new Metric(it.name(), it.value(), it.index(), it.at());
      step(it.step()).ifPresent(step -> step.metrics.add(metric));
    } else if (event instanceof RunEvent.ArtifactNamed it) {
      step(it.step()).ifPresent(step -> step.artifacts.add(it.path()));
    } else if (event instanceof RunEvent.LoadSampled it) {
      step(it.step()).ifPresent(step -> step.load.add(it.load()));
    } else if (event instanceof RunEvent.EngineLoaded it) {
      step(it.step()).ifPresent(step -> step.engines.add(it.engine()));
    } else if (event instanceof RunEvent.VariableRead it) {
      variables.put(it.name(), it.value());
    } else if (event instanceof RunEvent.RunTagged it) {
      tags.computeIfAbsent(it.run(), run -> new LinkedHashMap<>()).put(it.key(), it.value());
    } else if (event instanceof RunEvent.RunRemarked it) {
      remarks.add(it);
    }
  }

  private Optional<StepFold> step(int number) {
    return Optional.ofNullable(steps.get(number));
  }

  Optional<Run> find(RunId id) {
    return Optional.ofNullable(opened.get(id)).map(this::run);
  }

  List<Run> all() {
    return opened.values().stream().map(this::run).toList();
  }

  private Run run(RunEvent.RunOpened it) {
    RunEvent.SessionStarted session = started;
    if (session == null) {
      throw new IllegalArgumentException("the events of " + it.session() + " lack their beginning");
    }
    Instant end = endOf(it);
    List<Step> history =
        steps.values().stream()
            .filter(step -> step.started.run().equals(it.run()) || isBefore(step, it))
            .map(StepFold::step)
            .toList();
    return new Run(
        it.run(),
        it.experiment(),
        it.name(),
        it.session(),
        it.continues(),
        it.origin(),
        session.notebook(),
        session.kernel(),
        session.host(),
        session.environment().with(variables),
        status(it, end),
        it.at(),
        end,
        history,
        notes.stream()
            .filter(note -> note.run() == null || it.run().equals(note.run()))
            .map(RunEvent.RecordingNoted::text)
            .toList(),
        tags.getOrDefault(it.run(), Map.of()),
        remarks.stream()
            .filter(remark -> remark.run().equals(it.run()))
            .map(RunEvent.RunRemarked::text)
            .toList());
  }

  private static boolean isBefore(StepFold step, RunEvent.RunOpened run) {
    return step.started.number() < run.number();
  }

  private @Nullable Instant endOf(RunEvent.RunOpened run) {
    for (RunEvent.RunOpened other : opened.values()) {
      if (other.number() > run.number()) {
        return other.at();
      }
    }
    return ended == null ? null : ended.at();
  }

  private RunStatus status(RunEvent.RunOpened run, @Nullable Instant end) {
    if (end == null) {
      return RunStatus.RUNNING;
    }
    Map<String, Step> latest = new LinkedHashMap<>();
    for (StepFold fold : steps.values()) {
      if (fold.started.run().equals(run.run())) {
        latest.put(fold.started.cell(), fold.step());
      }
    }
    boolean beforeAnyCell = latest.isEmpty() && ended != null && ended.how().equals("killed");
    if (beforeAnyCell || latest.values().stream().anyMatch(RunFold::wasCutShort)) {
      return RunStatus.INTERRUPTED;
    }
    return latest.values().stream().allMatch(RunFold::isFine)
        ? RunStatus.SUCCEEDED
        : RunStatus.FAILED;
  }

  private static boolean wasCutShort(Step step) {
    return step.outcome() == null
        || step.outcome() instanceof Outcome.Exited
        || (step.outcome() instanceof Outcome.Interrupted it && it.by().equals("death"));
  }

  private static boolean isFine(Step step) {
    return step.outcome() != null
        && (step.outcome().succeeded()
            || (step.outcome() instanceof Outcome.Failed && step.mayFail()));
  }

  /** One step on its way. */
  private static final class StepFold {
    private final RunEvent.CellStarted started;
    private final List<Output> outputs = new ArrayList<>();
    private final List<Step.Input> inputs = new ArrayList<>();
    private final List<Data> late = new ArrayList<>();
    private final List<ChildProcess> children = new ArrayList<>();
    private final List<Metric> metrics = new ArrayList<>();
    private final List<String> artifacts = new ArrayList<>();
    private final List<Load> load = new ArrayList<>();
    private final List<Engine> engines = new ArrayList<>();
    private RunEvent.@Nullable CellEnded ended;
    private @Nullable String snapshot;

    StepFold(RunEvent.CellStarted started) {
      this.started = started;
    }

    private List<Data> data(RunEvent.@Nullable CellEnded end) {
      List<Data> all = new ArrayList<>(end == null ? List.of() : end.data());
      late.forEach(data -> add(data, all));
      return all;
    }

    /** What was already there of the same reply said less. */
    private static void add(Data data, List<Data> all) {
      Reply reply = data.reply();
      if (reply != null) {
        for (int i = 0; i < all.size(); i++) {
          Reply before = all.get(i).reply();
          if (before != null && before.number() == reply.number()) {
            all.set(i, data);
            return;
          }
        }
      }
      all.add(data);
    }

    Step step() {
      RunEvent.CellEnded end = ended;
      return new Step(
          started.step(),
          started.run(),
          started.cell(),
          started.executionCount(),
          started.source(),
          started.tags(),
          started.at(),
          end == null ? null : end.tookNanos(),
          end == null ? null : end.outcome(),
          Outputs.shown(outputs),
          List.copyOf(inputs),
          data(end),
          end == null ? List.of() : end.parameters(),
          end == null ? List.of() : end.values(),
          end == null ? List.of() : end.jars(),
          end == null ? null : end.chance(),
          end == null ? null : end.flow(),
          List.copyOf(children),
          snapshot,
          metrics,
          artifacts,
          load,
          engines);
    }
  }
}
