/** Journals that wait on this machine because nobody is left to send them. */
@NullMarked
package reprise.server.journal;

import org.jspecify.annotations.NullMarked;
