@NullMarked
package reprise.extension.chance;

import org.jspecify.annotations.NullMarked;
