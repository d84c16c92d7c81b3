@NullMarked
package reprise.reproducer.execution;

import org.jspecify.annotations.NullMarked;
