/** What the command line offers, one class for each command. */
@NullMarked
package reprise.reproducer.command;

import org.jspecify.annotations.NullMarked;
