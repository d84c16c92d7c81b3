package reprise.extension.cell;

/** How far something has been numbered, from 1. */
final class Count {
  private int latest;
  private int before;
  private boolean moved;

  /** A step begins. */
  void begin() {
    before = latest;
    moved = false;
  }

  /** The number was given. What was numbered unseen comes before it. */
  void reach(int number) {
    if (number > latest) {
      if (!moved) {
        before = number - 1;
        moved = true;
      }
      latest = number;
    }
  }

  /** The latest number. */
  int latest() {
    return latest;
  }

  /** The latest one before the first that the step since {@link #begin} gave. */
  int before() {
    return before;
  }
}
