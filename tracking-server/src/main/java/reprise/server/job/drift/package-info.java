/** What tables of data are like, and in what one has drifted from another. */
@NullMarked
package reprise.server.job.drift;

import org.jspecify.annotations.NullMarked;
