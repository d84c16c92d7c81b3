/**
 * One file that holds all that is known of a run, and shows by itself whether a byte of it was
 * changed.
 */
@NullMarked
package reprise.reproducer.bundle;

import org.jspecify.annotations.NullMarked;
