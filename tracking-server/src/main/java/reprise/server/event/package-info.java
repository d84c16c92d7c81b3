/** Events in, events out: the only way by which anything about a run enters the server. */
@NullMarked
package reprise.server.event;

import org.jspecify.annotations.NullMarked;
