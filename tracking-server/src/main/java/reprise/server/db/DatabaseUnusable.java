package reprise.server.db;

/** The database that was asked for cannot serve; nothing in it was changed. */
public final class DatabaseUnusable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DatabaseUnusable(String sentence) {
    super(sentence);
  }
}
