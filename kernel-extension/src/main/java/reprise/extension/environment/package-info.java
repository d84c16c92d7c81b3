/** Takes down what surrounds the cells of a session. */
@NullMarked
package reprise.extension.environment;

import org.jspecify.annotations.NullMarked;
