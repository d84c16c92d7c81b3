package reprise.ledger;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** How the machine calls itself in records, so that others know whether they are on the same. */
public final class HostName {
  private HostName() {}

  /** The name of this machine; may ask the resolver. */
  public static String here() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
