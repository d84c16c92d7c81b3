package reprise.reproducer.cause;

import reprise.ledger.Explanation;

/**
 * Something in which a run differs from another, and that it can have from that other one.
 *
 * @param what it is, and from what to what it changes, in words
 */
record Factor(Explanation.Factor kind, String what, Swap swap) {
  /** Makes the change. */
  @FunctionalInterface
  interface Swap {
    void in(Draft draft);
  }
}
