package reprise.extension.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import reprise.extension.cell.AddedJar;
import reprise.extension.cell.CellEngine;
import reprise.extension.cell.CellListener;
import reprise.extension.cell.CellRequest;
import reprise.extension.cell.FrontEnd;
import reprise.ledger.Outcome;
import reprise.ledger.Output;
import reprise.ledger.Pipeline;

/**
 * The kernel without Jupyter: executes cells one after another on the caller's thread. There is one
 * at a time in a JVM, because {@code System.out} is its notebook's while it is open.
 */
public final class HeadlessKernel implements AutoCloseable {
  private final Collecting front;
  private final NotebookKernel kernel;

  /**
   * @param listener told what goes on
   * @param answers gives the line for a prompt and whether it is a password; null ends the input
   */
  public HeadlessKernel(
      CellListener listener, BiFunction<String, Boolean, @Nullable String> answers) {
    front = new Collecting(answers);
    kernel = new NotebookKernel(listener, this.front, () -> new CellEngine(listener));
  }

  /** The same with a front end of the caller's, for whom {@link Executed#outputs} stay empty. */
  public HeadlessKernel(CellListener listener, FrontEnd front) {
    this.front = new Collecting((prompt, password) -> null);
    kernel = new NotebookKernel(listener, front, () -> new CellEngine(listener));
  }

  /**
   * An executed cell.
   *
   * @param outputs in the order in which they were shown; streams in pieces, and no more than the
   *     first 16 Mi characters of them
   */
  public record Executed(Outcome outcome, long tookNanos, List<Output> outputs) {
    public Executed {
      outputs = List.copyOf(outputs);
    }
  }

  /** Executes {@code cell} and waits for its end. */
  public Executed execute(CellRequest cell) {
    front.take();
    CellRun run = kernel.run(cell, false);
    return new Executed(run.outcome(), run.tookNanos(), front.take());
  }

  /** Puts a jar or class folder on the class path of all cells that follow. */
  public void add(AddedJar jar) {
    kernel.add(jar);
  }

  /**
   * What Maven repositories gave to the next cell, whatever they would give now; null to ask them.
   */
  public void give(@Nullable List<AddedJar> recorded) {
    kernel.give(recorded);
  }

  /** Goes on as if steps had been executed that are left out. */
  public void leaveOut(Pipeline.Gap gap) {
    kernel.leaveOut(gap);
  }

  /** Stops the running cell; may be called from any thread. */
  public void interrupt() {
    kernel.interrupt();
  }

  @Override
  public void close() {
    kernel.close();
  }

  /** A front end that nobody looks at. What would not fit into memory is left to the listener. */
  private static final class Collecting implements FrontEnd {
    private static final int MOST_TEXT = 1 << 24;

    private int text;
    private final BiFunction<String, Boolean, @Nullable String> answers;
    private List<Output> shown = new ArrayList<>();

    Collecting(BiFunction<String, Boolean, @Nullable String> answers) {
      this.answers = answers;
    }

    @Override
    public synchronized void show(Output output) {
      if (!(output instanceof Output.Stream stream)) {
        shown.add(output);
      } else if (text < MOST_TEXT) {
        text += stream.text().length();
        shown.add(stream);
      }
    }

    @Override
    public @Nullable String read(String prompt, boolean password) {
      return answers.apply(prompt, password);
    }

    synchronized List<Output> take() {
      List<Output> taken = shown;
      shown = new ArrayList<>();
      text = 0;
      return taken;
    }
  }
}
