@NullMarked
package reprise.extension.agent;

import org.jspecify.annotations.NullMarked;
