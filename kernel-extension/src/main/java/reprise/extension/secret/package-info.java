/** Finds what looks like a secret and puts a mark in its place, before anything is written down. */
@NullMarked
package reprise.extension.secret;

import org.jspecify.annotations.NullMarked;
