package reprise.extension.agent;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The JDBC URL of a database that is a file. A URL of a server or of a database in memory is none.
 *
 * @param before what stands before the file
 * @param name the file as the URL spells it
 * @param after what stands behind it: options
 * @param ending what the driver puts behind the name to get the file's
 */
record DatabaseUrl(String before, String name, String after, String ending) {
  private static final String SQLITE = "jdbc:sqlite:";
  private static final String DUCKDB = "jdbc:duckdb:";
  private static final String H2 = "jdbc:h2:";

  static Optional<DatabaseUrl> of(String url) {
    if (!url.startsWith("jdbc:")) {
      return Optional.empty();
    }
    if (url.startsWith(SQLITE)) {
      return parsed(url, SQLITE, "?", "");
    }
    if (url.startsWith(DUCKDB)) {
      return parsed(url, DUCKDB, "?;", "");
    }
    return url.startsWith(H2) ? parsed(url, H2, ";", ".mv.db") : Optional.empty();
  }

  private static Optional<DatabaseUrl> parsed(
      String url, String prefix, String options, String ending) {
    int begin = prefix.length();
    if (url.startsWith("file:", begin)) {
      begin += "file:".length();
    }
    int end = begin;
    while (end < url.length() && options.indexOf(url.charAt(end)) < 0) {
      end++;
    }
    String name = url.substring(begin, end);
    // what has a colon now is another kind of place: :memory:, mem:, tcp:, :resource:
    return name.isEmpty() || name.contains(":") || url.contains("mode=memory")
        ? Optional.empty()
        : Optional.of(new DatabaseUrl(url.substring(0, begin), name, url.substring(end), ending));
  }

  String file() {
    return (name.startsWith("~/") ? System.getProperty("user.home") + name.substring(1) : name)
        + ending;
  }

  /** The same database in another place. */
  DatabaseUrl in(Path other) {
    String place = other.toString();
    return new DatabaseUrl(
        before, place.substring(0, place.length() - ending.length()), after, ending);
  }

  @Override
  public String toString() {
    return before + name + after;
  }
}
