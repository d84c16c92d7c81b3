/** Attempts of jobs: what their order says is carried out, and what came of it is put down. */
@NullMarked
package reprise.reproducer.attempt;

import org.jspecify.annotations.NullMarked;
