package reprise.extension.kernel;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.dflib.jjava.jupyter.messages.HMACGenerator;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import reprise.extension.cell.CellEngine;
import reprise.extension.cell.CellListener;

/**
 * A kernel that is its own client for a moment: does what a session does first, and ends. The JVM
 * then knows which classes to keep in an archive, and later kernels start in less time.
 */
final class Rehearsal {
  private static final int PATIENCE_MILLIS = 30_000;
  private static final List<String> CELLS =
      List.of(
          "1 + 1",
          "int x = 1;",
          "System.out.println(x);",
          "class A { int a(int n) { return n; } }",
          "var y = List.of(x);");

  private final ZMQ.Context context = ZMQ.context(1);
  private final KernelConnectionProperties address;
  private final HMACGenerator signer;
  private int asked;

  Rehearsal() throws IOException, GeneralSecurityException {
    List<Integer> ports = freePorts(5);
    address =
        new KernelConnectionProperties(
            "127.0.0.1",
            ports.get(0),
            ports.get(1),
            ports.get(2),
            ports.get(3),
            ports.get(4),
            "tcp",
            "hmac-sha256",
            "rehearsal");
    signer = address.createHMACGenerator();
  }

  private static List<Integer> freePorts(int count) throws IOException {
    List<ServerSocket> open = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        open.add(new ServerSocket(0));
      }
      return open.stream().map(ServerSocket::getLocalPort).toList();
    } finally {
      for (ServerSocket socket : open) {
        socket.close();
      }
    }
  }

  /** Plays through; the kernel is gone with the JVM, which the caller ends. */
  void play(CellListener listener, Supplier<CellEngine> engine) throws GeneralSecurityException {
    Server server = new Server(address, listener, engine);
    Thread kernel = new Thread(server::serve, "shell");
    kernel.setDaemon(true);
    kernel.start();
    ZMQ.Socket shell = context.socket(SocketType.DEALER);
    shell.setReceiveTimeOut(PATIENCE_MILLIS);
    shell.connect("tcp://127.0.0.1:" + address.getShellPort());
    ask(shell, "kernel_info_request", "{}");
    for (String cell : CELLS) {
      ask(shell, "execute_request", "{\"code\":\"" + cell + "\",\"allow_stdin\":false}");
    }
  }

  private void ask(ZMQ.Socket shell, String type, String content) {
    asked++;
    byte[] header =
        bytes(
            "{\"msg_id\":\""
                + asked
                + "\",\"username\":\"\",\"session\":\"s\",\"date\":\"\",\"msg_type\":\""
                + type
                + "\",\"version\":\"5.3\"}");
    byte[] none = bytes("{}");
    byte[] said = bytes(content);
    shell.sendMore("<IDS|MSG>");
    shell.sendMore(signer.calculateSignature(header, none, none, said));
    shell.sendMore(header);
    shell.sendMore(none);
    shell.sendMore(none);
    shell.send(said);
    do {
      if (shell.recv() == null) {
        throw new IllegalStateException("the kernel did not answer a " + type);
      }
    } while (shell.hasReceiveMore());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
