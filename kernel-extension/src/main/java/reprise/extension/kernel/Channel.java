package reprise.extension.kernel;

import java.util.ArrayList;
import java.util.List;
import org.dflib.jjava.jupyter.channels.JupyterSocket;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.dflib.jjava.jupyter.messages.HMACGenerator;
import org.slf4j.LoggerFactory;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;
import zmq.ZError;

/**
 * One of the sockets of a kernel. Only one thread may touch it: the library's own channels wake up
 * every 50 ms to look for work, this one waits for it.
 */
class Channel extends JupyterSocket {
  private static final int LINGER_MILLIS = 1000;

  private final ZMQ.Poller poller;

  Channel(ZMQ.Context context, SocketType type, HMACGenerator signer, String name) {
    super(context, type, signer, LoggerFactory.getLogger(name));
    setLinger(LINGER_MILLIS);
    poller = context.poller(1);
    poller.register(this, ZMQ.Poller.POLLIN);
  }

  void bind(KernelConnectionProperties client, int port) {
    bind(formatAddress(client.getTransport(), client.getIp(), port));
  }

  @Override
  public final void bind(KernelConnectionProperties client) {
    throw new UnsupportedOperationException("which of the ports is not known here");
  }

  /**
   * Whether a message has come; waits for one as long as it takes if {@code millis} is -1, which
   * ends without one only when the kernel ends.
   */
  final boolean hasMessage(long millis) {
    try {
      return poller.poll(millis) > 0;
    } catch (ZMQException | ZError.IOException e) {
      return false;
    }
  }

  /** The parts of the next message, whatever they are. */
  final List<byte[]> parts() {
    List<byte[]> parts = new ArrayList<>();
    do {
      parts.add(recv());
    } while (hasReceiveMore());
    return parts;
  }
}
