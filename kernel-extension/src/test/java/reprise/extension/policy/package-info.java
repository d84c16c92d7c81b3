@NullMarked
package reprise.extension.policy;

import org.jspecify.annotations.NullMarked;
