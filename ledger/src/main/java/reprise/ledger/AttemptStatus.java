package reprise.ledger;

/** Where an attempt stands. */
public enum AttemptStatus {
  /** Its time has not come, or nobody has a hand free. */
  WAITING,
  RUNNING,
  SUCCEEDED,
  /** A step failed, or it could not be executed. */
  FAILED,
  /** Stopped because it took too long. */
  TIMED_OUT,
  CANCELLED,
  /** Nobody knows what became of it, for whoever carried it out is gone. */
  LOST
}
