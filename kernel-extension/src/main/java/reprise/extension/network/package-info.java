/**
 * What comes over the network: kept as it comes while it is recorded, and given again in a replay,
 * which is offline.
 */
@NullMarked
package reprise.extension.network;

import org.jspecify.annotations.NullMarked;
