/** The command {@code reprise}. */
@NullMarked
package reprise.reproducer;

import org.jspecify.annotations.NullMarked;
