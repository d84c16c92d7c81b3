@NullMarked
package reprise.reproducer.comparison;

import org.jspecify.annotations.NullMarked;
