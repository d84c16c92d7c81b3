/**
 * Jobs: runs that were promoted, what starts them, and what came of that. {@link
 * reprise.server.job.Jobs} sets them to work, {@link reprise.server.job.JobApi} lets people ask.
 */
@NullMarked
package reprise.server.job;

import org.jspecify.annotations.NullMarked;
