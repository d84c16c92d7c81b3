/** What happens, told to those who watch while it happens. */
@NullMarked
package reprise.server.live;

import org.jspecify.annotations.NullMarked;
