@NullMarked
package reprise.reproducer.evidence;

import org.jspecify.annotations.NullMarked;
