/** The lines of a cell that are not Java: magics and shell commands. */
@NullMarked
package reprise.extension.magic;

import org.jspecify.annotations.NullMarked;
