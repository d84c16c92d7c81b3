package reprise.extension.attach;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.jshell.JShell;
import jdk.jshell.SnippetEvent;
import jdk.jshell.spi.ExecutionControl.ClassBytecodes;
import org.jspecify.annotations.Nullable;
import reprise.extension.agent.ChanceHooks;
import reprise.extension.agent.KernelHooks;
import reprise.extension.agent.KernelWitness;
import reprise.extension.cell.AddedJar;
import reprise.extension.cell.CellEffects;
import reprise.extension.cell.CellFailure;
import reprise.extension.cell.CellListener;
import reprise.extension.cell.CellNames;
import reprise.extension.cell.CellRequest;
import reprise.extension.cell.ObservedShell;
import reprise.extension.cell.Speech;
import reprise.ledger.Outcome;
import reprise.ledger.Output;

/**
 * A kernel that is not ours, as its messages and its JShell tell of it. A cell begins when the
 * kernel announces it, and has ended when the kernel has answered and is idle again; both happen
 * before the client knows.
 */
final class AttachedKernel implements KernelWitness {
  private final Beginning beginning;
  private final String ownJar;
  private final Recognition recognition;
  private final ObservedShell shell =
      new ObservedShell(KernelHooks.calls(), name -> listener().loaded(name));
  private final CellNames names = new CellNames();
  private final AtomicInteger depth = new AtomicInteger();
  private String name = "Java kernel";
  private volatile @Nullable CellListener listener;
  private volatile @Nullable JupyterMessage request;
  private volatile @Nullable Integer announced;
  private volatile @Nullable RunningCell running;
  private volatile @Nullable String displayed;
  private volatile boolean interrupted;
  private volatile boolean shutDown;

  /** Begins to record, once it is known which kernel this is. */
  interface Beginning {
    /**
     * Called once.
     *
     * @param name of the kernel, with its version
     * @param added what was put on the class path of snippets before the first cell
     */
    CellListener recording(AttachedKernel kernel, String name, List<AddedJar> added);
  }

  /**
   * A kernel of which nothing is known yet.
   *
   * @param recognition whether there is anything to be recorded
   * @param ownJar what notebooks must see to speak to Reprise
   */
  AttachedKernel(Beginning beginning, Recognition recognition, String ownJar) {
    this.beginning = beginning;
    this.recognition = recognition;
    this.ownJar = ownJar;
  }

  private CellListener listener() {
    CellListener hearing = listener;
    return hearing == null ? CellListener.NONE : hearing;
  }

  private static boolean isOurs() {
    return Thread.currentThread().getName().startsWith("reprise-");
  }

  @Override
  public void received(List<byte[]> parts) {
    JupyterMessage message = message(parts);
    if (message == null) {
      return;
    }
    recognition.isHeard();
    switch (message.type()) {
      case "execute_request" -> {
        end(); // whose kernel never said that it was idle
        request = message;
        announced = null;
        interrupted = false;
      }
      case "interrupt_request" -> interrupted = true;
      case "shutdown_request" -> shutDown = true;
      case "input_reply" -> {
        RunningCell cell = running;
        if (cell != null) {
          String text = message.content().path("value").asText();
          listener().read(cell.prompt(), cell.asksForPassword() ? null : text);
        }
      }
      default -> {}
    }
  }

  @Override
  public void sends(List<byte[]> parts) {
    JupyterMessage message = isOurs() ? null : message(parts);
    if (message == null) {
      return;
    }
    JsonNode content = message.content();
    switch (message.type()) {
      case "kernel_info_reply" ->
          name =
              (content.path("implementation").asText("Java kernel")
                      + " "
                      + content.path("implementation_version").asText())
                  .strip();
      case "execute_input" -> {
        if (isAsked(message)) {
          announced = content.path("execution_count").asInt();
          begin(announced);
        }
      }
      case "input_request" -> {
        RunningCell cell = running;
        if (cell != null) {
          cell.asks(content.path("prompt").asText(), content.path("password").asBoolean());
        }
      }
      case "execute_reply" -> replies(message);
      case "status" -> {
        RunningCell cell = running;
        boolean isIdle = content.path("execution_state").asText().equals("idle");
        if (cell != null && isIdle && message.parent().equals(cell.request())) {
          cell.idles();
          endIfAnswered(cell);
        }
      }
      default -> shows(message);
    }
  }

  private static @Nullable JupyterMessage message(List<byte[]> parts) {
    try {
      return JupyterMessage.of(parts);
    } catch (IOException e) {
      return null; // no JSON, so no message of Jupyter's
    }
  }

  private boolean isAsked(JupyterMessage message) {
    JupyterMessage asked = request;
    return asked != null && running == null && message.parent().equals(asked.id());
  }

  private void begin(@Nullable Integer count) {
    JupyterMessage asked = request;
    if (asked == null || !recognition.isKnown()) {
      return;
    }
    request = null;
    if (listener == null) {
      listener = beginning.recording(this, name, shell.takeJars());
      Speech.heardBy(() -> listener().voice());
    }
    displayed = null;
    CellRequest cell = asked.cell(names, count);
    RunningCell begun = new RunningCell(asked.id());
    shell.begin(cell);
    running = begun;
    listener().started(cell);
    ChanceHooks.heed(false);
  }

  private void shows(JupyterMessage message) {
    if (listener == null) {
      return;
    }
    String id = message.displayId();
    if (id != null) {
      displayed = id;
    }
    try {
      Output output = shown(message);
      if (output != null) {
        listener().showed(output);
      }
    } catch (IOException e) {
      listener().showed(new Output.Stream("stderr", "[an output that is not as nbformat has it]"));
    }
  }

  /** Errors of the cell's code are told as our own kernel tells them, in the lines of the cell. */
  private @Nullable Output shown(JupyterMessage message) throws IOException {
    CellFailure failure = shell.failure();
    if (message.type().equals("error") && failure != null && !interrupted) {
      return failure.traceback();
    }
    Object result = shell.result();
    boolean isMerelyAnId = result != null && result.equals(displayed);
    return message.type().equals("execute_result") && isMerelyAnId ? null : message.shown(result);
  }

  private void replies(JupyterMessage message) {
    if (isAsked(message) && !message.content().path("status").asText().equals("aborted")) {
      begin(announced); // neither announced nor in need of the compiler
    }
    RunningCell cell = running;
    if (cell != null && message.parent().equals(cell.request())) {
      cell.answers(message.content());
      endIfAnswered(cell);
    }
  }

  private void endIfAnswered(RunningCell cell) {
    if (cell.isOver()) {
      end();
    }
  }

  private void end() {
    RunningCell cell = running;
    if (cell != null) {
      running = null;
      Outcome outcome = cell.outcome(shell.failure(), interrupted);
      listener().ended(outcome, cell.tookNanos(), shell.end());
    }
  }

  /** The JVM ends; a cell that is running ends it. */
  void exits() {
    RunningCell cell = running;
    if (cell != null) {
      running = null;
      Outcome outcome =
          shutDown ? new Outcome.Interrupted("the kernel was shut down") : new Outcome.Exited();
      listener().ended(outcome, cell.tookNanos(), CellEffects.NONE);
    }
  }

  /** Why the JVM ends, as the session's last line says it. */
  String ending() {
    return shutDown ? "shutdown" : "exit";
  }

  @Override
  public ClassBytecodes[] loads(ClassBytecodes[] snippets) {
    ClassBytecodes[] woven = shell.woven(snippets);
    ChanceHooks.heed(false);
    return woven;
  }

  @Override
  public String evaluates(JShell evaluating, String source) {
    if (recognition.isFirst(evaluating)) {
      evaluating.addToClasspath(ownJar);
    }
    if (request != null && running == null) {
      recognition.isAsked();
      begin(announced);
    }
    return shell.read(source);
  }

  @Override
  public void evaluated(JShell evaluating, List<SnippetEvent> events) {
    shell.evaluated(evaluating, events);
  }

  @Override
  public void laid(String path) {
    for (String entry : path.split(File.pathSeparator, -1)) {
      if (!entry.isEmpty() && !entry.equals(ownJar)) {
        shell.add(Path.of(entry));
      }
    }
  }

  @Override
  public void begins(Class<?> snippet) {
    shell.begins(snippet);
    if (running != null && depth.getAndIncrement() == 0) {
      listener().executing(true);
      ChanceHooks.heed(true);
    }
  }

  @Override
  public void returns(@Nullable Object value) {
    over();
    shell.returns(value);
  }

  @Override
  public void fails(Throwable thrown) {
    over();
    shell.fails(thrown);
  }

  private void over() {
    if (running != null && depth.decrementAndGet() == 0) {
      ChanceHooks.heed(false);
      listener().executing(false);
    }
  }

  @Override
  public void missed(Throwable why) {
    recognition.missed(why);
  }
}
