/** Where the record of a run lies: with a tracking server, or in a file that travels. */
@NullMarked
package reprise.reproducer.evidence;

import org.jspecify.annotations.NullMarked;
