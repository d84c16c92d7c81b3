package reprise.ledger;

/** What a replay showed, for a run as a whole or for one of its steps; worst last but one. */
public enum Verdict {
  /** Everything compared is byte for byte the same. */
  IDENTICAL,
  /** The same after named normalisers. */
  EQUIVALENT,
  /** No further away than replays of the same run are from one another. */
  WITHIN_NOISE,
  /** Different. */
  DIVERGED,
  /** Could not be executed again. */
  NOT_RUN
}
