package reprise.ledger;

/** Where a firing stands. */
public enum FiringStatus {
  /** Waits for its turn. */
  QUEUED,
  /** An attempt is at work, or the next one waits for its time. */
  RUNNING,
  SUCCEEDED,
  /** No further attempt will be made. */
  FAILED,
  /** Was never tried; the firing says why. */
  SKIPPED,
  CANCELLED;

  /** Whether nothing will change any more by itself. */
  public boolean isOver() {
    return switch (this) {
      case QUEUED, RUNNING -> false;
      case SUCCEEDED, FAILED, SKIPPED, CANCELLED -> true;
    };
  }
}
