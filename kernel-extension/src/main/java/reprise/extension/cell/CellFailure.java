package reprise.extension.cell;

import java.util.List;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Outcome;
import reprise.ledger.Output;

/** Why a cell did not run to its end, ready to be shown. */
public final class CellFailure extends RuntimeException {
  private final Outcome outcome;
  private final transient Output.Traceback traceback;

  private CellFailure(Outcome outcome, Output.Traceback traceback, @Nullable Throwable cause) {
    super(traceback.evalue(), cause);
    this.outcome = outcome;
    this.traceback = traceback;
  }

  /** The source is not Java, or speaks of things that do not exist. */
  static CellFailure ofCompilation(String message, List<String> lines) {
    return new CellFailure(
        new Outcome.Failed("CompilationException", message),
        new Output.Traceback("CompilationException", message, lines),
        null);
  }

  static CellFailure ofException(Throwable thrown, List<String> lines) {
    String message = thrown.getMessage();
    return new CellFailure(
        new Outcome.Failed(thrown.getClass().getName(), message),
        new Output.Traceback(thrown.getClass().getName(), message == null ? "" : message, lines),
        thrown);
  }

  static CellFailure ofInterrupt() {
    String sentence = "The cell was interrupted; what it had done until then stands.";
    return new CellFailure(
        new Outcome.Interrupted("interrupt"),
        new Output.Traceback("Interrupted", sentence, List.of(sentence)),
        null);
  }

  /** Something other than Java code in the cell failed, and one sentence says it all. */
  public static CellFailure of(String name, String sentence) {
    return new CellFailure(
        new Outcome.Failed(name, sentence),
        new Output.Traceback(name, sentence, List.of(sentence)),
        null);
  }

  public Outcome outcome() {
    return outcome;
  }

  public Output.Traceback traceback() {
    return traceback;
  }
}
