/** Why runs came out differently. */
@NullMarked
package reprise.server.explanation;

import org.jspecify.annotations.NullMarked;
