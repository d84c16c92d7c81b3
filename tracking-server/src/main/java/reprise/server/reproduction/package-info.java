/** What came of replays, as reported by those who compared. */
@NullMarked
package reprise.server.reproduction;

import org.jspecify.annotations.NullMarked;
