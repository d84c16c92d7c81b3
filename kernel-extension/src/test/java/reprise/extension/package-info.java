@NullMarked
package reprise.extension;

import org.jspecify.annotations.NullMarked;
