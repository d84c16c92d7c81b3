package reprise.extension.cell;

import org.jspecify.annotations.Nullable;
import reprise.ledger.Output;

/** The person's side of a session: where outputs are seen and lines are typed. */
public interface FrontEnd {
  /** Shows {@code output}; may block while the person's side is slower than the cell. */
  void show(Output output);

  /** The line typed in answer to {@code prompt}, without its end; null if nobody can answer. */
  @Nullable String read(String prompt, boolean password) throws InterruptedException;
}
