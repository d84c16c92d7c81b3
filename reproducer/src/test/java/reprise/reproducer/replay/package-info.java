@NullMarked
package reprise.reproducer.replay;

import org.jspecify.annotations.NullMarked;
