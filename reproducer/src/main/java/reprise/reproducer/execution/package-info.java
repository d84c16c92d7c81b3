/** Executes pipelines in JVMs of their own. */
@NullMarked
package reprise.reproducer.execution;

import org.jspecify.annotations.NullMarked;
