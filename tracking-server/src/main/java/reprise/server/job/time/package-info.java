/** When something is due, as far as only calendars and clocks decide. */
@NullMarked
package reprise.server.job.time;

import org.jspecify.annotations.NullMarked;
