/** Finds out which steps of a run a step needs. */
@NullMarked
package reprise.ledger.slice;

import org.jspecify.annotations.NullMarked;
