/** How busy the machine is while a step takes long. */
@NullMarked
package reprise.extension.load;

import org.jspecify.annotations.NullMarked;
