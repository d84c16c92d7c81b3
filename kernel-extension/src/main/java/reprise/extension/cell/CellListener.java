package reprise.extension.cell;

import org.jspecify.annotations.Nullable;
import reprise.ledger.Outcome;
import reprise.ledger.Output;

/**
 * Told what goes on in cells, by whatever executes them. {@link #started} and {@link #ended} come
 * on the cell's thread, the rest from any thread, and all of them before the person sees it.
 * Listeners must not throw.
 */
public interface CellListener {
  /** Listens to nothing. */
  CellListener NONE =
      new CellListener() {
        @Override
        public void started(CellRequest cell) {}

        @Override
        public void showed(Output output) {}

        @Override
        public void read(String prompt, @Nullable String text) {}

        @Override
        public void ended(Outcome outcome, long tookNanos, CellEffects effects) {}
      };

  void started(CellRequest cell);

  /** Comes in the order in which things are shown; also from threads that outlived their cell. */
  void showed(Output output);

  /**
   * A line was asked for and given.
   *
   * @param text null for a password
   */
  void read(String prompt, @Nullable String text);

  /** The cell is over, and the client has not been told so yet. */
  void ended(Outcome outcome, long tookNanos, CellEffects effects);

  /** A class of the running cell's has come into the JVM, or an earlier one's has come anew. */
  default void loaded(String className) {}

  /**
   * The cell's own code begins to run on the cell's thread, or the compiler is at work there again.
   */
  default void executing(boolean now) {}

  /** Who hears what the notebook says of itself. */
  default Voice voice() {
    return Voice.NONE;
  }

  /** The JVM is about to end, and nothing follows; the running cell's end was told before. */
  default void exiting() {}
}
