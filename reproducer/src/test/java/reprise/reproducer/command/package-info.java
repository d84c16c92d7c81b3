@NullMarked
package reprise.reproducer.command;

import org.jspecify.annotations.NullMarked;
