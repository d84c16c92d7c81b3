package reprise.extension.session;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import reprise.extension.capture.Recording;
import reprise.extension.cell.CellEffects;
import reprise.extension.cell.CellListener;
import reprise.extension.cell.CellRequest;
import reprise.extension.cell.Voice;
import reprise.ledger.Outcome;
import reprise.ledger.Output;

/**
 * A recording that begins while the kernel starts, on a thread of its own, so that neither waits
 * for the other; the first cell waits for both. If it cannot begin, cells run unrecorded and the
 * first one says so.
 */
final class PendingRecording implements CellListener {
  private final FutureTask<Recording> beginning;
  private boolean complained;

  PendingRecording(Callable<Recording> begin) {
    beginning = new FutureTask<>(begin);
    Thread thread = new Thread(beginning, "reprise-beginning");
    thread.setDaemon(true);
    thread.start();
  }

  private @Nullable Recording recording() {
    try {
      return beginning.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    } catch (ExecutionException e) {
      complain(e.getCause() == null ? e : e.getCause());
      return null;
    }
  }

  private CellListener listener() {
    Recording recording = recording();
    return recording == null ? CellListener.NONE : recording.listener();
  }

  private synchronized void complain(Throwable cause) {
    if (!complained) {
      complained = true;
      String reason = cause instanceof IOException ? cause.toString() : cause.getMessage();
      System.err.println(
          "Reprise records nothing of this session: " + reason + ". Try 'reprise doctor'.");
    }
  }

  @Override
  public void started(CellRequest cell) {
    listener().started(cell);
  }

  @Override
  public void showed(Output output) {
    if (beginning.isDone()) {
      listener().showed(output);
    }
  }

  @Override
  public void read(String prompt, @Nullable String text) {
    listener().read(prompt, text);
  }

  @Override
  public void ended(Outcome outcome, long tookNanos, CellEffects effects) {
    listener().ended(outcome, tookNanos, effects);
  }

  @Override
  public void loaded(String className) {
    if (beginning.isDone()) {
      listener().loaded(className);
    }
  }

  @Override
  public Voice voice() {
    return listener().voice();
  }

  @Override
  public void exiting() {
    end("exit");
  }

  /** Ends the recording if there is one. */
  void end(String how) {
    Recording recording = recording();
    if (recording != null) {
      recording.end(how);
    }
  }
}
