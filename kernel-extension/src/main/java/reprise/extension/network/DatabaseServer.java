package reprise.extension.network;

import java.util.List;

/** Tells by its URL whether a database lies outside this process. */
final class DatabaseServer {
  private static final List<String> ALWAYS =
      List.of(
          "jdbc:postgresql:",
          "jdbc:mysql:",
          "jdbc:mariadb:",
          "jdbc:oracle:",
          "jdbc:sqlserver:",
          "jdbc:db2:");
  private static final List<String> NEVER =
      List.of("jdbc:sqlite:", "jdbc:duckdb:", "jdbc:h2:mem:", "jdbc:h2:file:", "jdbc:hsqldb:file:");

  private DatabaseServer() {}

  static boolean isMeantBy(String url) {
    return ALWAYS.stream().anyMatch(url::startsWith)
        || (url.contains("//") && NEVER.stream().noneMatch(url::startsWith));
  }
}
