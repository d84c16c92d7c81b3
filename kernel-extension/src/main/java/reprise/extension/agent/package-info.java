/** Sees every file that the JVM opens, moves or deletes, by hooks woven into {@code java.base}. */
@NullMarked
package reprise.extension.agent;

import org.jspecify.annotations.NullMarked;
