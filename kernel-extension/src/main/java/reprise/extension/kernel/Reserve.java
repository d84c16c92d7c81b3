package reprise.extension.kernel;

import org.jspecify.annotations.Nullable;

/**
 * Memory that is given up when a cell has used up the heap: to say so, and to record it, takes some
 * too.
 */
final class Reserve {
  private static final int SIZE = 4 << 20;

  private byte @Nullable [] held;
  private boolean wasNeeded;

  void giveUp() {
    held = null;
    wasNeeded = true;
  }

  /** Takes it back between cells, if there is much more: the notebook needs it first. */
  void refill() {
    if (held != null) {
      return;
    }
    try {
      if (!wasNeeded || new byte[4 * SIZE].length > 0) {
        held = new byte[SIZE];
      }
    } catch (OutOfMemoryError e) {
      // the heap is still full; the next cell may change that
    }
  }
}
