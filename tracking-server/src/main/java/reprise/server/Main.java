package reprise.server;

import java.time.InstantSource;
import java.util.Arrays;
import reprise.server.db.DatabaseUnusable;

/** Starts the server, says where it is, and stays until it is ended. */
public final class Main {
  private static final int COULD_NOT_RUN = 3;

  private Main() {}

  public static void main(String[] words) {
    if (Arrays.asList(words).contains("--help")) {
      System.out.print(Settings.HELP);
      return;
    }
    try {
      TrackingServer server =
          TrackingServer.start(Settings.of(words, System.getenv()), InstantSource.system());
      Runtime.getRuntime().addShutdownHook(new Thread(server::close, "server end"));
      System.out.println("Reprise is at " + server.entrance());
      System.out.flush();
    } catch (CannotStart e) {
      end(e.exitCode(), e);
    } catch (DatabaseUnusable e) {
      end(COULD_NOT_RUN, e);
    }
  }

  private static void end(int exitCode, Exception why) {
    System.err.println(why.getMessage());
    System.exit(exitCode);
  }
}
