@NullMarked
package reprise.reproducer.notebook;

import org.jspecify.annotations.NullMarked;
