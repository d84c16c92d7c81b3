@NullMarked
package reprise.extension.network;

import org.jspecify.annotations.NullMarked;
