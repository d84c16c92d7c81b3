@NullMarked
package reprise.extension.magic;

import org.jspecify.annotations.NullMarked;
