@NullMarked
package reprise.reproducer.slice;

import org.jspecify.annotations.NullMarked;
