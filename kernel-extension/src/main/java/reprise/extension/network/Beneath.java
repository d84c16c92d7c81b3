package reprise.extension.network;

/** What a socket is opened for. */
final class Beneath {
  private static final StackWalker STACK = StackWalker.getInstance();

  private Beneath() {}

  /** A request or a database that is recorded as what it is. */
  static boolean isKnown() {
    return isOn("sun.net.www.protocol.http", "sun.net.www.http.", "jdk.internal.net.http.")
        || isOn("java.sql.DriverManager");
  }

  static boolean isWebSocket() {
    return isOn("jdk.internal.net.http.websocket.");
  }

  static boolean isDatagram() {
    return isOn("sun.nio.ch.DatagramChannelImpl");
  }

  private static boolean isOn(String... beginnings) {
    return STACK.walk(
        frames ->
            frames
                .map(StackWalker.StackFrame::getClassName)
                .anyMatch(
                    name -> {
                      for (String beginning : beginnings) {
                        if (name.startsWith(beginning)) {
                          return true;
                        }
                      }
                      return false;
                    }));
  }
}
