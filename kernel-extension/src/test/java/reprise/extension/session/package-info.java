@NullMarked
package reprise.extension.session;

import org.jspecify.annotations.NullMarked;
