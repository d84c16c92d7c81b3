/**
 * What is random or read from the clock: behaves as ever while it is recorded, and is the same
 * again in a replay.
 */
@NullMarked
package reprise.extension.chance;

import org.jspecify.annotations.NullMarked;
