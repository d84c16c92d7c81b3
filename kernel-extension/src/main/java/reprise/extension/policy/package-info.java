/** What a person wants recorded, and how much of it. */
@NullMarked
package reprise.extension.policy;

import org.jspecify.annotations.NullMarked;
