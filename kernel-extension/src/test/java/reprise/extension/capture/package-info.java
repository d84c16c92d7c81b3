@NullMarked
package reprise.extension.capture;

import org.jspecify.annotations.NullMarked;
