/** What became of each attempt, told as a trace to whoever collects those of other programs. */
@NullMarked
package reprise.server.trace;

import org.jspecify.annotations.NullMarked;
