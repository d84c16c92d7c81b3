package reprise.server;

import java.time.InstantSource;
import reprise.server.db.DatabaseUnusable;

/** Starts the server, says where it is, and stays until it is ended. */
public final class Main {
  private static final int COULD_NOT_RUN = 3;

  private Main() {}

  public static void main(String[] words) {
    try {
      TrackingServer server =
          TrackingServer.start(Settings.of(words, System.getenv()), InstantSource.system());
      Runtime.getRuntime().addShutdownHook(new Thread(server::close, "server end"));
      System.out.println("Reprise is at " + server.entrance());
      System.out.flush();
    } catch (CannotStart | DatabaseUnusable e) {
      System.err.println(e.getMessage());
      System.exit(COULD_NOT_RUN);
    }
  }
}
