/** Bytes by their digest. */
@NullMarked
package reprise.server.blob;

import org.jspecify.annotations.NullMarked;
