package reprise.server;

import java.nio.file.Path;

/** A fresh database of the kind that is tested. */
final class TestDatabase {
  private TestDatabase() {}

  /** The URL of one that nobody has used; an SQLite file lies in {@code folder}. */
  static String in(Path folder) {
    return isPostgres()
        ? PostgresServer.ofThisJvm().database()
        : "jdbc:sqlite:" + folder.resolve("test.db");
  }

  static boolean isPostgres() {
    return "postgresql".equals(System.getProperty("reprise.test.database"));
  }
}
