/** Why two runs came out differently: replays with one thing at a time as the other run had it. */
@NullMarked
package reprise.reproducer.cause;

import org.jspecify.annotations.NullMarked;
