package reprise.extension.kernel;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.dflib.jjava.jupyter.channels.JupyterSocket;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.dflib.jjava.jupyter.messages.HMACGenerator;
import org.dflib.jjava.jupyter.messages.Message;
import org.slf4j.LoggerFactory;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

/**
 * The socket on which everyone sees what the kernel publishes. Messages wait in a short queue for a
 * thread of their own: a cell's thread may be interrupted at any time, and an interrupt while it
 * writes would break the socket for good. Whoever is faster than the client has to wait.
 */
final class Outbox extends JupyterSocket {
  private static final int WAITING = 64;
  private static final int SENT_AHEAD = 256;
  private static final int PATIENCE_MILLIS = 10_000;

  private final BlockingQueue<Runnable> waiting = new ArrayBlockingQueue<>(WAITING);
  private final Thread postman = new Thread(this::carry, "outbox");

  Outbox(ZMQ.Context context, HMACGenerator signer) {
    super(context, SocketType.PUB, signer, LoggerFactory.getLogger("outbox"));
    setSndHWM(SENT_AHEAD);
    setXpubNoDrop(true);
    setSendTimeOut(PATIENCE_MILLIS);
    setLinger(1000);
    postman.setDaemon(true);
  }

  @Override
  public void bind(KernelConnectionProperties client) {
    bind(formatAddress(client.getTransport(), client.getIp(), client.getIopubPort()));
    postman.start();
  }

  /** Returns when the message has a place in the queue; an interrupt does not lose it. */
  @Override
  @SuppressWarnings("UnsynchronizedOverridesSynchronized") // the queue is the lock
  public void sendMessage(Message<?> message) {
    enqueue(() -> super.sendMessage(message));
  }

  private void enqueue(Runnable task) {
    boolean interrupted = false;
    while (true) {
      try {
        waiting.put(task);
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void carry() {
    try {
      while (true) {
        waiting.take().run();
      }
    } catch (InterruptedException e) {
      close();
    }
  }

  /** Sends what is waiting, then closes. */
  void finish() throws InterruptedException {
    enqueue(postman::interrupt);
    postman.join(TimeUnit.SECONDS.toMillis(1));
  }
}
