/** Runs that the server replays by itself while nobody needs the machine. */
@NullMarked
package reprise.server.verification;

import org.jspecify.annotations.NullMarked;
