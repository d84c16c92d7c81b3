/** A Java kernel for Jupyter, and the same kernel without Jupyter. */
@NullMarked
package reprise.extension.kernel;

import org.jspecify.annotations.NullMarked;
