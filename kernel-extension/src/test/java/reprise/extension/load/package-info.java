@NullMarked
package reprise.extension.load;

import org.jspecify.annotations.NullMarked;
