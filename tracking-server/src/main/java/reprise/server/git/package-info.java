/** Code histories as git repositories over HTTP. */
@NullMarked
package reprise.server.git;

import org.jspecify.annotations.NullMarked;
