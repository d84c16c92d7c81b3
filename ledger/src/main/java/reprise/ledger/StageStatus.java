package reprise.ledger;

/** How a stage of an attempt stands. */
public enum StageStatus {
  /** For the stages whose files it reads, or for a processor. */
  WAITING,
  RUNNING,
  SUCCEEDED,
  /** Nothing had changed since another attempt executed it, whose files it has. */
  SKIPPED,
  FAILED,
  /** A stage whose files it reads came to no good end. */
  NOT_BEGUN;

  /** Whether its files are there. */
  public boolean isGood() {
    return this == SUCCEEDED || this == SKIPPED;
  }
}
