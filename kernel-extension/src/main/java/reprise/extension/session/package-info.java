/** The kernel for a Jupyter client, recorded: puts kernel and recording together. */
@NullMarked
package reprise.extension.session;

import org.jspecify.annotations.NullMarked;
