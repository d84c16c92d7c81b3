/** The forms in which a run leaves Reprise, one class for each. */
@NullMarked
package reprise.reproducer.export;

import org.jspecify.annotations.NullMarked;
