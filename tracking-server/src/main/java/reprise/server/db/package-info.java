/**
 * The database: how it is opened, how the ledger's types stand in its columns, what all features
 * look up.
 */
@NullMarked
package reprise.server.db;

import org.jspecify.annotations.NullMarked;
