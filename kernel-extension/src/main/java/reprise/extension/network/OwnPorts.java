package reprise.extension.network;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Ports of this JVM: a notebook that asks its own server does not leave the house. */
final class OwnPorts {
  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  private final Set<Integer> ports = ConcurrentHashMap.newKeySet();

  void add(int port) {
    ports.add(port);
  }

  boolean serve(InetSocketAddress address) {
    return ports.contains(address.getPort())
        && address.getAddress() != null
        && (address.getAddress().isLoopbackAddress() || address.getAddress().isAnyLocalAddress());
  }

  boolean serve(String url) {
    try {
      URI asked = new URI(url);
      String host = asked.getHost();
      int standard = "https".equals(asked.getScheme()) ? HTTPS : HTTP;
      return host != null
          && isHere(host)
          && ports.contains(asked.getPort() < 0 ? standard : asked.getPort());
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static boolean isHere(String host) {
    return host.equals("localhost")
        || host.startsWith("127.")
        || host.equals("[::1]")
        || host.equals("0.0.0.0");
  }
}
