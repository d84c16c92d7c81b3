package reprise.extension.session;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reprise.extension.capture.Recording;
import reprise.extension.cell.CellEffects;
import reprise.extension.cell.CellListener;
import reprise.extension.cell.CellRequest;
import reprise.extension.cell.Voice;
import reprise.extension.magic.CellText;
import reprise.ledger.Outcome;
import reprise.ledger.Output;

/**
 * A recording that begins while the kernel starts, on a thread of its own, so that neither waits
 * for the other. The first cell is compiled in the meantime, and waits only before its code comes
 * into the JVM. If the recording cannot begin, cells run unrecorded and the first one says so.
 */
public final class PendingRecording implements CellListener {
  private final FutureTask<Recording> beginning;
  private final List<String> unsaid = new ArrayList<>();
  private boolean complained;

  /** The cell that the recording has not heard of yet, and what it has shown since. */
  private @Nullable CellRequest held;

  private final List<Output> heldOutputs = new ArrayList<>();

  /** Held by whoever tells what was held back; never asked for by a thread that is on stage. */
  private final Object telling = new Object();

  /** What begins a recording. */
  @FunctionalInterface
  public interface Begin {
    /**
     * Begins it.
     *
     * @param complaint takes sentences for the person at any time, from any thread
     */
    Recording recording(Consumer<String> complaint) throws IOException;
  }

  /** Begins the recording on a thread of its own. */
  public PendingRecording(Begin begin) {
    beginning = new FutureTask<>(() -> begin.recording(this::complain));
    Thread thread = new Thread(beginning, "reprise-beginning");
    thread.setDaemon(true);
    thread.start();
  }

  private @Nullable Recording recording() {
    try {
      Recording begun = beginning.get();
      sayWhatIsUnsaid();
      return begun;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    } catch (ExecutionException e) {
      complainOnce(e.getCause() == null ? e : e.getCause());
      return null;
    }
  }

  private CellListener listener() {
    Recording recording = recording();
    return recording == null ? CellListener.NONE : recording.listener();
  }

  /**
   * What is said while the recording begins waits for a cell's thread: who waits for the beginning
   * may hold the stage that the sentence would have to be written on.
   */
  private void complain(String sentence) {
    if (beginning.isDone()) {
      System.err.println(sentence);
    } else {
      synchronized (unsaid) {
        unsaid.add(sentence);
      }
    }
  }

  private void sayWhatIsUnsaid() {
    List<String> sentences;
    synchronized (unsaid) {
      sentences = List.copyOf(unsaid);
      unsaid.clear();
    }
    sentences.forEach(System.err::println);
  }

  private void complainOnce(Throwable cause) {
    synchronized (this) {
      if (complained) {
        return;
      }
      complained = true;
    }
    System.err.println(
        "Reprise records nothing of this session: "
            + cause.getMessage()
            + ". Try 'reprise doctor'.");
  }

  @Override
  public void started(CellRequest cell) {
    if (beginning.isDone() || !isOnlyJava(cell)) {
      listener().started(cell);
    } else {
      synchronized (this) {
        held = cell;
      }
    }
  }

  /** A magic does things of its own before any code comes into the JVM. */
  private static boolean isOnlyJava(CellRequest cell) {
    return CellText.parts(cell.source()).stream().allMatch(CellText.Java.class::isInstance);
  }

  /** Tells what was held back, in order; on the cell's thread unless the JVM is about to end. */
  private void catchUp() {
    synchronized (telling) {
      CellRequest cell = held();
      if (cell != null) {
        CellListener listener = listener();
        listener.started(cell);
        for (List<Output> next = heldOutputs(); !next.isEmpty(); next = heldOutputs()) {
          next.forEach(listener::showed);
        }
      }
    }
  }

  private synchronized @Nullable CellRequest held() {
    return held;
  }

  /** The next outputs to be told of; when there are none, nothing is held back any more. */
  private synchronized List<Output> heldOutputs() {
    List<Output> next = List.copyOf(heldOutputs);
    heldOutputs.clear();
    if (next.isEmpty()) {
      held = null;
    }
    return next;
  }

  @Override
  public void showed(Output output) {
    synchronized (this) {
      if (held != null) {
        heldOutputs.add(output);
        return;
      }
    }
    if (beginning.isDone()) {
      listener().showed(output);
    }
  }

  @Override
  public void read(String prompt, @Nullable String text) {
    catchUp();
    listener().read(prompt, text);
  }

  @Override
  public void ended(Outcome outcome, long tookNanos, CellEffects effects) {
    catchUp();
    listener().ended(outcome, tookNanos, effects);
  }

  @Override
  public void loaded(String className) {
    catchUp();
    if (beginning.isDone()) {
      listener().loaded(className);
    }
  }

  @Override
  public void executing(boolean now) {
    if (beginning.isDone()) {
      listener().executing(now);
    }
  }

  @Override
  public Voice voice() {
    return listener().voice();
  }

  @Override
  public void exiting() {
    catchUp();
    end("exit");
  }

  /** Ends the recording if there is one. */
  public void end(String how) {
    Recording recording = recording();
    if (recording != null) {
      recording.end(how);
    }
  }
}
