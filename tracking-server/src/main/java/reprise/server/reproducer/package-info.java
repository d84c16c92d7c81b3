/** The reproducer as a child process of the server. */
@NullMarked
package reprise.server.reproducer;

import org.jspecify.annotations.NullMarked;
