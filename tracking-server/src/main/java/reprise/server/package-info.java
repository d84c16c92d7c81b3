/** The tracking server: wired here, from features that know nothing of each other. */
@NullMarked
package reprise.server;

import org.jspecify.annotations.NullMarked;
