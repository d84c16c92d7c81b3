@NullMarked
package reprise.reproducer.bundle;

import org.jspecify.annotations.NullMarked;
