/** Executes the source of cells, and tells a listener what goes on in them. */
@NullMarked
package reprise.extension.cell;

import org.jspecify.annotations.NullMarked;
