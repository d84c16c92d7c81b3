package reprise.ledger;

/** Where a run stands. */
public enum RunStatus {
  /** Its session is alive and no later run has opened. */
  RUNNING,
  /** Over, and the latest execution of each of its cells ran to its end, or failed on purpose. */
  SUCCEEDED,
  /** Over, and the latest execution of some cell failed. */
  FAILED,
  /** Its kernel died, or was ended by a cell. */
  INTERRUPTED
}
