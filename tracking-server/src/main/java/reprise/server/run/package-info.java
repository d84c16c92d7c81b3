/** Runs as rows: what is browsed, searched and shown, folded from the events. */
@NullMarked
package reprise.server.run;

import org.jspecify.annotations.NullMarked;
