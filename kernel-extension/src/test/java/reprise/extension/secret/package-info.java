@NullMarked
package reprise.extension.secret;

import org.jspecify.annotations.NullMarked;
