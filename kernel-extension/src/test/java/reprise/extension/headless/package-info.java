@NullMarked
package reprise.extension.headless;

import org.jspecify.annotations.NullMarked;
