/** Notebook files: what they ask for, and what an executed one looks like. */
@NullMarked
package reprise.reproducer.notebook;

import org.jspecify.annotations.NullMarked;
