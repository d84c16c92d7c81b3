/**
 * The door for kinds of streams. Each is a module of its own, which sees nothing of the server but
 * this package, and is found by {@link java.util.ServiceLoader} when a trigger wants it.
 */
@NullMarked
package reprise.server.job.stream;

import org.jspecify.annotations.NullMarked;
