/**
 * Databases in files, for whoever does not ask {@link java.sql.DriverManager}: data sources and
 * pools of connections.
 */
@NullMarked
package reprise.extension.database;

import org.jspecify.annotations.NullMarked;
