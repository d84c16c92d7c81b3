/** The pages of the web UI. */
@NullMarked
package reprise.server.web;

import org.jspecify.annotations.NullMarked;
