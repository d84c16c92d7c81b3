package reprise.extension.capture;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reprise.extension.cell.CellEffects;
import reprise.extension.cell.CellListener;
import reprise.extension.cell.CellRequest;
import reprise.extension.cell.Variable;
import reprise.extension.cell.Voice;
import reprise.extension.chance.Pinning;
import reprise.extension.djl.Engines;
import reprise.extension.environment.Surroundings;
import reprise.extension.magic.RunByHand;
import reprise.extension.network.NetworkCapture;
import reprise.extension.secret.Mask;
import reprise.extension.secret.MaskedSource;
import reprise.extension.secret.StreamMask;
import reprise.extension.snapshot.CodeHistory;
import reprise.ledger.BlobFolder;
import reprise.ledger.Chance;
import reprise.ledger.ChildProcess;
import reprise.ledger.Data;
import reprise.ledger.Engine;
import reprise.ledger.Outcome;
import reprise.ledger.Output;
import reprise.ledger.Parameter;
import reprise.ledger.RunEvent;
import reprise.ledger.RunId;
import reprise.ledger.Uplink;
import reprise.ledger.Value;

/**
 * Turns what a session does into its journal. A cell always runs, recorded or not. What changes
 * from step to step is looked at within attempts of the log only, one at a time.
 */
final class Recorder implements CellListener {
  private final Logbook log;
  private final Sayings sayings;
  private final LoadSampler load;
  private final FileCapture files;
  private final NetworkCapture network;
  private final @Nullable Pinning pinning;
  private final VariableLog variables;
  private final Mask mask;
  private final StreamMask printed;
  private final StreamBudget streams;
  private final RunBoundary boundary = new RunBoundary();
  private final @Nullable CodeHistory history;
  private final @Nullable Uplink uplink;

  private volatile Runnable atExit = () -> {};
  private @Nullable CellRequest cell;
  private @Nullable MaskedSource source;

  /**
   * Records into {@code log}, whose journal has its beginning already.
   *
   * @param pinning null if chance is left alone
   * @param mask what nobody may find in what is kept
   * @param history null if the code is not to be kept, as in a replay
   * @param uplink asked whether the server is away; null if nothing is delivered
   */
  Recorder(
      Logbook log,
      Sayings sayings,
      FileCapture files,
      NetworkCapture network,
      @Nullable Pinning pinning,
      Mask mask,
      BlobFolder blobs,
      @Nullable CodeHistory history,
      @Nullable Uplink uplink) {
    this.log = log;
    this.sayings = sayings;
    this.load = new LoadSampler(log);
    this.files = files;
    this.network = network;
    this.pinning = pinning;
    this.variables = new VariableLog(log);
    this.mask = mask;
    this.printed = new StreamMask(mask);
    this.streams = new StreamBudget(blobs);
    this.history = history;
    this.uplink = uplink;
  }

  @Override
  public void started(CellRequest request) {
    log.attempt(
        () -> {
          log.sayWhatWasMissed();
          appendPrinted(printed.rest());
          appendLateData();
          Optional<RunByHand> byHand = RunByHand.in(request.source());
          if (boundary.comesBefore(request.cell(), request.source(), byHand.isPresent())
              || !log.hasRun()) {
            openRun(byHand);
          }
          cell = request;
          MaskedSource kept = mask.source(request.source());
          source = kept;
          log.beginStep();
          log.append(
              n ->
                  new RunEvent.CellStarted(
                      log.session().id(),
                      n,
                      log.now(),
                      log.run(),
                      log.step(),
                      request.cell(),
                      request.executionCount(),
                      kept.text(),
                      request.tags()));
          if (history != null) {
            takeSnapshot(history, kept.text());
          }
        });
    files.begin(log.step());
    if (log.hasRun()) {
      load.begin();
    }
    if (pinning != null) {
      log.attempt(pinning::begin);
    }
  }

  private void openRun(Optional<RunByHand> byHand) throws IOException {
    log.openRun(byHand.flatMap(RunByHand::name).map(mask::text).orElse(null));
    files.runOpens();
    sayings.runOpens();
  }

  private void takeSnapshot(CodeHistory kept, String code) {
    RunId ofRun = log.run();
    int ofStep = log.step();
    kept.commit(
        ofStep,
        code,
        commit ->
            log.attempt(
                () ->
                    log.append(
                        n ->
                            new RunEvent.SnapshotTaken(
                                log.session().id(),
                                n,
                                log.now(),
                                ofRun,
                                ofStep,
                                log.session().experiment(),
                                commit))));
  }

  @Override
  public void showed(Output output) {
    log.attempt(
        () -> {
          if (!log.isTroubled()) { // else what room is left is for how the step ended, and for why
            appendPrinted(printed.after(output));
          }
        });
  }

  private void appendPrinted(List<Output> outputs) throws IOException {
    for (Output output : outputs) {
      Output fitting = output instanceof Output.Stream text ? streams.fitting(text) : output;
      if (fitting != null) {
        appendOutput(fitting);
      }
    }
  }

  private void appendOutput(Output output) throws IOException {
    if (log.hasRun()) {
      log.append(
          n ->
              new RunEvent.OutputAdded(
                  log.session().id(), n, log.now(), log.run(), log.step(), output));
    }
  }

  @Override
  public void read(String prompt, @Nullable String text) {
    log.attempt(
        () ->
            log.append(
                n ->
                    new RunEvent.InputRead(
                        log.session().id(), n, log.now(), log.run(), log.step(), prompt, text)));
  }

  @Override
  public void ended(Outcome outcome, long tookNanos, CellEffects effects) {
    load.end();
    Chance chance = used();
    List<ChildProcess> children = files.children();
    List<Data> data = new ArrayList<>(files.end());
    data.addAll(network.take(log.step()));
    Fingerprint fingerprint = new Fingerprint();
    List<Value> values =
        effects.variables().stream()
            .map(variable -> fingerprint.of(variable.name(), variable.type(), variable.value()))
            .toList();
    sayings.ended(log.step(), data, chance);
    log.attempt(
        () -> {
          pass(outcome.succeeded());
          appendPrinted(printed.rest());
          for (Output rest : streams.rest()) {
            appendOutput(rest);
          }
          if (pinning != null) {
            variables.append(pinning.variables());
          }
          log.append(n -> cellEnded(n, outcome, tookNanos, effects, data, values, chance));
          appendChildren(log.run(), log.step(), children);
          appendEngines();
          log.sync();
        });
    if (uplink != null && uplink.isAway()) {
      files.keep(data);
    }
  }

  private @Nullable Chance used() {
    try {
      return pinning == null ? null : pinning.end();
    } catch (RuntimeException e) {
      log.trouble(e);
      return null;
    }
  }

  private void pass(boolean succeeded) {
    if (cell != null) {
      boundary.ended(cell.cell(), succeeded);
      cell = null;
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
        log.session().id(),
        number,
        log.now(),
        log.run(),
        log.step(),
        outcome,
        tookNanos,
        data,
        parameters(effects),
        values,
        effects.jars().stream()
            .map(jar -> Surroundings.jar(jar.path(), jar.coordinates()))
            .toList(),
        used,
        effects.flow());
  }

  private List<Parameter> parameters(CellEffects effects) {
    MaskedSource kept = source;
    List<Parameter> all = new ArrayList<>(sayings.takeParameters());
    effects.variables().stream()
        .map(Variable::parameter)
        .filter(Objects::nonNull)
        .map(parameter -> kept == null ? parameter : kept.parameter(parameter))
        .forEach(all::add);
    return all;
  }

  @Override
  public void loaded(String className) {
    files.loaded(className);
  }

  private void appendChildren(RunId ofRun, int ofStep, List<ChildProcess> children)
      throws IOException {
    for (ChildProcess child : children) {
      log.append(
          n -> new RunEvent.ChildRan(log.session().id(), n, log.now(), ofRun, ofStep, child));
    }
  }

  private void appendEngines() throws IOException {
    for (Engine engine : Engines.takeNew()) {
      log.append(
          n ->
              new RunEvent.EngineLoaded(
                  log.session().id(), n, log.now(), log.run(), log.step(), engine));
    }
  }

  private void appendLateData() throws IOException {
    for (FileCapture.Late late : files.late()) {
      RunId ofRun = log.runOf(late.step());
      if (!late.data().isEmpty()) {
        log.append(
            n ->
                new RunEvent.DataTouched(
                    log.session().id(), n, log.now(), ofRun, late.step(), late.data()));
      }
      appendChildren(ofRun, late.step(), late.children());
    }
    for (Map.Entry<Integer, List<Data>> late : network.takeAll().entrySet()) {
      RunId ofRun = log.runOf(late.getKey());
      log.append(
          n ->
              new RunEvent.DataTouched(
                  log.session().id(), n, log.now(), ofRun, late.getKey(), late.getValue()));
    }
  }

  @Override
  public Voice voice() {
    return sayings;
  }

  @Override
  public void executing(boolean now) {
    files.executing(now);
    if (now && pinning != null) {
      pinning.goesOnHere();
    }
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
  void end(String how) {
    log.attempt(
        () -> {
          appendPrinted(printed.rest());
          appendLateData();
          log.append(n -> new RunEvent.SessionEnded(log.session().id(), n, log.now(), how));
          log.sync();
          log.close();
        });
  }
}
