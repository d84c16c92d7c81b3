package reprise.extension.database;

import org.jspecify.annotations.Nullable;
import reprise.extension.agent.FileHooks;

/** Called by woven drivers, on whatever thread opens a connection. */
public final class Drivers {
  private static final StackWalker STACK = StackWalker.getInstance();

  private Drivers() {}

  /** Tells that a database is about to be opened, and where it really lies. */
  public static @Nullable String opening(@Nullable String url) {
    FileHooks hooks = FileHooks.get();
    return url == null || hooks == null || isToldByTheJdk() ? url : hooks.opening(url);
  }

  /** {@code DriverManager} is woven itself: the URL that it passes on is the real one already. */
  private static boolean isToldByTheJdk() {
    return STACK.walk(
        frames -> frames.anyMatch(frame -> frame.getClassName().equals("java.sql.DriverManager")));
  }
}
