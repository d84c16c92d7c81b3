/** What is known about a run, in the same words for kernel, server, reproducer and wire. */
@NullMarked
package reprise.ledger;

import org.jspecify.annotations.NullMarked;
