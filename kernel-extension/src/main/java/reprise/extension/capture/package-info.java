/** Writes down what cells do while they do it. */
@NullMarked
package reprise.extension.capture;

import org.jspecify.annotations.NullMarked;
