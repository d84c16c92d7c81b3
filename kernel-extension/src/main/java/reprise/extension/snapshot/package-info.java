/**
 * Keeps the code of an experiment as it was at each step, in a git repository beside the user's.
 */
@NullMarked
package reprise.extension.snapshot;

import org.jspecify.annotations.NullMarked;
