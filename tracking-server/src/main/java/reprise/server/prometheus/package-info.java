/** What an operator's Prometheus reads of this server. */
@NullMarked
package reprise.server.prometheus;

import org.jspecify.annotations.NullMarked;
