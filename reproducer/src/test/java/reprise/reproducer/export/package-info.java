@NullMarked
package reprise.reproducer.export;

import org.jspecify.annotations.NullMarked;
