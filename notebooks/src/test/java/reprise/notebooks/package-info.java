@NullMarked
package reprise.notebooks;

import org.jspecify.annotations.NullMarked;
