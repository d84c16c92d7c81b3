@NullMarked
package reprise.extension.snapshot;

import org.jspecify.annotations.NullMarked;
