@NullMarked
package reprise.extension.environment;

import org.jspecify.annotations.NullMarked;
