/** Finds in a home what nothing needs any more, and removes it. */
@NullMarked
package reprise.reproducer.cleaning;

import org.jspecify.annotations.NullMarked;
