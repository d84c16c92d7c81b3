package reprise.extension.kernel;

import com.google.gson.JsonObject;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.HelpLink;
import org.dflib.jjava.jupyter.kernel.LanguageInfo;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.magic.MagicParser;
import org.dflib.jjava.jupyter.kernel.magic.MagicTranspiler;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import org.dflib.jjava.jupyter.kernel.util.StringStyler;
import org.jspecify.annotations.Nullable;
import reprise.Reprise;
import reprise.extension.cell.CellEffects;
import reprise.extension.cell.CellEngine;
import reprise.extension.cell.CellFailure;
import reprise.extension.cell.CellListener;
import reprise.extension.cell.CellRequest;
import reprise.extension.cell.FrontEnd;
import reprise.extension.cell.Stage;
import reprise.ledger.Outcome;

/** The kernel of one notebook session, whoever asks it to execute cells. */
final class NotebookKernel extends BaseKernel implements AutoCloseable {
  private final CellListener listener;
  private final Stage stage;
  private final CellEngine engine = new CellEngine();
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final InputStream in = System.in;
  private final AtomicReference<@Nullable Running> current = new AtomicReference<>();
  private volatile Outcome atExit = new Outcome.Exited();

  /** A cell whose end has not been told yet. */
  private record Running(CellRequest cell, long since) {
    long tookNanos() {
      return System.nanoTime() - since;
    }
  }

  NotebookKernel(CellListener listener, FrontEnd front) {
    this(listener, new Stage(listener, front));
  }

  @SuppressWarnings("NullAway") // the library allows that there is no history
  private NotebookKernel(CellListener listener, Stage stage) {
    super(
        "reprise",
        Reprise.VERSION,
        java(),
        help(),
        null,
        new CellIo(new Door(stage)),
        new CommManager(),
        new Renderer(),
        new MagicParser("(?<=(?:^|=))\\s*%", "%%", new MagicTranspiler()),
        new MagicsRegistry(),
        false,
        new StringStyler.Builder().build());
    this.listener = listener;
    this.stage = stage;
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
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(engine.classes());
    try {
      listener.started(cell);
      current.set(new Running(cell, System.nanoTime()));
      engine.begin(cell);
      return ended(attempt(cell, quiet));
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private @Nullable CellFailure attempt(CellRequest cell, boolean quiet) {
    try {
      Object result = engine.run(cell.source(), cell.source(), 0);
      Integer count = cell.executionCount();
      if (result != null && count != null && !quiet) {
        stage.show(Door.result(count, rendered(result)));
      }
      return null;
    } catch (CellFailure failure) {
      return failure;
    } catch (Throwable thrown) {
      return engine.failure(thrown);
    }
  }

  private CellRun ended(@Nullable CellFailure failure) {
    if (failure != null) {
      stage.show(failure.traceback());
    }
    flush();
    CellEffects effects = engine.end();
    Outcome outcome = failure == null ? new Outcome.Succeeded() : failure.outcome();
    Running running = current.getAndSet(null);
    long took = running == null ? 0 : running.tookNanos();
    if (running != null) {
      listener.ended(outcome, took, effects);
    }
    return new CellRun(outcome, took, failure == null ? null : failure.traceback());
  }

  private void flush() {
    System.out.flush();
    System.err.flush();
    stage.flush();
  }

  /** A cell that ends the JVM does not come back to say how it ended. */
  private void endAtExit() {
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
    CellRequest asked = new CellRequest("expression", null, expression, List.of());
    engine.begin(asked);
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
    return engine.run(source, source, 0);
  }

  @Override
  public @Nullable DisplayData inspect(String code, int at, boolean extraDetail) {
    return null;
  }

  @Override
  public @Nullable ReplacementOptions complete(String code, int at) {
    return null;
  }

  @Override
  public String isComplete(String code) {
    return IS_COMPLETE_MAYBE;
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
    System.setOut(out);
    System.setErr(err);
    System.setIn(in);
  }
}
