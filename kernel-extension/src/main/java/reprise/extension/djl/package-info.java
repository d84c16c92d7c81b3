/**
 * DJL in a notebook, seen without a class of it: notebooks bring their own version, which our class
 * loader does not know. All is asked by name, and whatever is not as expected is left alone.
 */
@NullMarked
package reprise.extension.djl;

import org.jspecify.annotations.NullMarked;
