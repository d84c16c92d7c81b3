/** Replays that were asked for in the browser, and the processes that do them. */
@NullMarked
package reprise.server.replay;

import org.jspecify.annotations.NullMarked;
