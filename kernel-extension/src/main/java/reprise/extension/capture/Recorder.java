package reprise.extension.capture;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import reprise.extension.cell.CellEffects;
import reprise.extension.cell.CellListener;
import reprise.extension.cell.CellRequest;
import reprise.extension.chance.Pinning;
import reprise.extension.environment.Surroundings;
import reprise.extension.network.NetworkCapture;
import reprise.extension.snapshot.CodeHistory;
import reprise.ledger.BlobFolder;
import reprise.ledger.Chance;
import reprise.ledger.ChildProcess;
import reprise.ledger.Data;
import reprise.ledger.Jar;
import reprise.ledger.Journal;
import reprise.ledger.Outcome;
import reprise.ledger.Output;
import reprise.ledger.RunEvent;
import reprise.ledger.RunId;
import reprise.ledger.Uplink;
import reprise.ledger.Value;

/**
 * Turns what a session does into its journal. A cell always runs, recorded or not: what goes wrong
 * here is said once, in one sentence, and written into the journal as soon as it takes lines again.
 */
final class Recorder implements CellListener {
  private final Session session;
  private final Journal journal;
  private final FileCapture files;
  private final NetworkCapture network;
  private final @Nullable Pinning pinning;
  private final StreamBudget streams;
  private final RunBoundary boundary = new RunBoundary();
  private final @Nullable CodeHistory history;
  private final @Nullable Uplink uplink;
  private final Consumer<String> complaint;
  private final InstantSource clock;
  private final RandomGenerator chance;

  private volatile Runnable atExit = () -> {};
  private final Map<Integer, RunId> runs = new HashMap<>();
  private @Nullable RunId run;
  private int step;
  private @Nullable CellRequest cell;
  private @Nullable String troubled;

  /**
   * Records into {@code journal}, which has its beginning already.
   *
   * @param pinning null if chance is left alone
   * @param history null if the code is not to be kept, as in a replay
   * @param uplink told when the journal has grown; null if nothing is delivered
   * @param complaint takes a sentence for the person, at most one for each kind of trouble
   */
  Recorder(
      Session session,
      Journal journal,
      FileCapture files,
      NetworkCapture network,
      @Nullable Pinning pinning,
      BlobFolder blobs,
      @Nullable CodeHistory history,
      @Nullable Uplink uplink,
      Consumer<String> complaint,
      InstantSource clock,
      RandomGenerator chance) {
    this.session = session;
    this.journal = journal;
    this.files = files;
    this.network = network;
    this.pinning = pinning;
    this.streams = new StreamBudget(blobs);
    this.history = history;
    this.uplink = uplink;
    this.complaint = complaint;
    this.clock = clock;
    this.chance = chance;
  }

  @Override
  public synchronized void started(CellRequest request) {
    attempt(
        () -> {
          sayWhatWasMissed();
          appendLateData();
          if (boundary.comesBefore(request.cell(), request.source()) || run == null) {
            openRun();
          }
          cell = request;
          step++;
          runs.put(step, currentRun());
          append(
              n ->
                  new RunEvent.CellStarted(
                      session.id(),
                      n,
                      clock.instant(),
                      currentRun(),
                      step,
                      request.cell(),
                      request.executionCount(),
                      request.source(),
                      request.tags()));
          if (history != null) {
            takeSnapshot(history, request);
          }
        });
    files.begin(step);
    if (pinning != null) {
      attempt(pinning::begin);
    }
  }

  private void openRun() throws IOException {
    RunId before = run;
    RunId next = RunId.next(clock, chance);
    append(
        n ->
            new RunEvent.RunOpened(
                session.id(),
                n,
                clock.instant(),
                next,
                session.experiment(),
                null,
                before,
                session.origin()));
    run = next;
    files.runOpens();
  }

  private void takeSnapshot(CodeHistory kept, CellRequest request) {
    RunId ofRun = currentRun();
    int ofStep = step;
    kept.commit(
        ofStep,
        request.source(),
        commit ->
            attempt(
                () ->
                    append(
                        n ->
                            new RunEvent.SnapshotTaken(
                                session.id(),
                                n,
                                clock.instant(),
                                ofRun,
                                ofStep,
                                session.experiment(),
                                commit))));
  }

  @Override
  public synchronized void showed(Output output) {
    if (troubled != null) {
      return; // what room is left is for how the step ended, and for what went wrong
    }
    attempt(
        () -> {
          Output fitting = output instanceof Output.Stream text ? streams.fitting(text) : output;
          if (fitting != null) {
            appendOutput(fitting);
          }
        });
  }

  private void appendOutput(Output output) throws IOException {
    if (run != null) {
      append(
          n ->
              new RunEvent.OutputAdded(
                  session.id(), n, clock.instant(), currentRun(), step, output));
    }
  }

  @Override
  public synchronized void read(String prompt, @Nullable String text) {
    attempt(
        () ->
            append(
                n ->
                    new RunEvent.InputRead(
                        session.id(), n, clock.instant(), currentRun(), step, prompt, text)));
  }

  @Override
  public void ended(Outcome outcome, long tookNanos, CellEffects effects) {
    Chance chance = used();
    List<ChildProcess> children = files.children();
    List<Data> data = new ArrayList<>(files.end());
    data.addAll(network.take(step));
    List<Value> values =
        effects.variables().stream()
            .map(variable -> Fingerprint.of(variable.name(), variable.type(), variable.value()))
            .toList();
    synchronized (this) {
      attempt(
          () -> {
            for (Output rest : streams.rest()) {
              appendOutput(rest);
            }
            append(n -> cellEnded(n, outcome, tookNanos, effects, data, values, chance));
            appendChildren(currentRun(), step, children);
            journal.sync();
          });
      if (cell != null) {
        boundary.ended(cell.cell(), outcome.succeeded());
        cell = null;
      }
    }
    if (uplink != null && uplink.isAway()) {
      files.keep(data);
    }
  }

  private @Nullable Chance used() {
    try {
      return pinning == null ? null : pinning.end();
    } catch (RuntimeException e) {
      attempt(
          () -> {
            throw e;
          });
      return null;
    }
  }

  private RunEvent cellEnded(
      long number,
      Outcome outcome,
      long tookNanos,
      CellEffects effects,
      List<Data> data,
      List<Value> values,
      @Nullable Chance used) {
    return new RunEvent.CellEnded(
        session.id(),
        number,
        clock.instant(),
        currentRun(),
        step,
        outcome,
        tookNanos,
        data,
        effects.variables().stream()
            .map(variable -> variable.parameter())
            .filter(Objects::nonNull)
            .toList(),
        values,
        effects.jars().stream()
            .map(
                jar ->
                    new Jar(
                        jar.path().toString(),
                        jar.coordinates(),
                        Surroundings.jar(jar.path()).digest()))
            .toList(),
        used,
        effects.flow());
  }

  @Override
  public void loaded(String className) {
    files.loaded(className);
  }

  private void appendChildren(RunId ofRun, int ofStep, List<ChildProcess> children)
      throws IOException {
    for (ChildProcess child : children) {
      append(n -> new RunEvent.ChildRan(session.id(), n, clock.instant(), ofRun, ofStep, child));
    }
  }

  private void appendLateData() throws IOException {
    for (FileCapture.Late late : files.late()) {
      RunId ofRun = Objects.requireNonNull(runs.get(late.step()));
      if (!late.data().isEmpty()) {
        append(
            n ->
                new RunEvent.DataTouched(
                    session.id(), n, clock.instant(), ofRun, late.step(), late.data()));
      }
      appendChildren(ofRun, late.step(), late.children());
    }
    for (Map.Entry<Integer, List<Data>> late : network.takeAll().entrySet()) {
      RunId ofRun = Objects.requireNonNull(runs.get(late.getKey()));
      append(
          n ->
              new RunEvent.DataTouched(
                  session.id(), n, clock.instant(), ofRun, late.getKey(), late.getValue()));
    }
  }

  @Override
  public void executing(boolean now) {
    files.executing(now);
  }

  /** Says what ends the recording when a cell ends the JVM. */
  void atExit(Runnable end) {
    atExit = end;
  }

  @Override
  public void exiting() {
    atExit.run();
  }

  /** Writes the session's last line. */
  synchronized void end(String how) {
    attempt(
        () -> {
          appendLateData();
          append(n -> new RunEvent.SessionEnded(session.id(), n, clock.instant(), how));
          journal.sync();
          journal.close();
        });
  }

  private RunId currentRun() {
    return Objects.requireNonNull(run, "no run is open");
  }

  private void append(Journal.Draft draft) throws IOException {
    journal.append(draft);
    if (uplink != null) {
      uplink.nudge();
    }
  }

  /** Something that may fail without the cell being any the worse. */
  private interface Attempt {
    void make() throws IOException;
  }

  private synchronized void attempt(Attempt attempt) {
    try {
      attempt.make();
    } catch (IOException | RuntimeException e) {
      if (troubled == null) {
        troubled =
            "Reprise could not record from step %d on (%s); the notebook goes on without it."
                .formatted(step, reason(e));
        complaint.accept(troubled);
      }
    }
  }

  /** Writes down what a person must know about the recording as a whole. */
  void note(String remark) {
    attempt(
        () ->
            append(
                n -> new RunEvent.RecordingNoted(session.id(), n, clock.instant(), null, remark)));
  }

  private void sayWhatWasMissed() throws IOException {
    String missed = troubled;
    if (missed != null) {
      append(n -> new RunEvent.RecordingNoted(session.id(), n, clock.instant(), run, missed));
      troubled = null;
    }
  }

  private static String reason(Exception e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
