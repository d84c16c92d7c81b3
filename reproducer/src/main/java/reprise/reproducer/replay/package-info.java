/** Executes a recorded run again from what was recorded of it. */
@NullMarked
package reprise.reproducer.replay;

import org.jspecify.annotations.NullMarked;
