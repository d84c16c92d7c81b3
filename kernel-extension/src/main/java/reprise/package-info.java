/** The part of Reprise that notebooks can see. */
@NullMarked
package reprise;

import org.jspecify.annotations.NullMarked;
