/** The recorder in a Java kernel that is not ours. */
@NullMarked
package reprise.extension.attach;

import org.jspecify.annotations.NullMarked;
