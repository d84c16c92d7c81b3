/** Says of a run and its replay whether they are the same, and where they are not. */
@NullMarked
package reprise.reproducer.comparison;

import org.jspecify.annotations.NullMarked;
