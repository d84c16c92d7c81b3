package reprise.extension.agent;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import reprise.extension.agent.HookCall.Local;

/**
 * Puts {@link NetworkHook}'s copy in the way to the network. What every kernel has loaded anyway is
 * woven at its start; the large classes behind it, when something is about to need them.
 */
final class NetworkWeaver implements Rewriting.Description {
  private static final String OBJECT = "Ljava/lang/Object;";
  private static final String URL = "java/net/URL";
  private static final String CONNECTION = "sun/net/www/protocol/http/HttpURLConnection";
  private static final String CLIENT = "java/net/http/HttpClient";
  private static final String CLIENT_AT_WORK = "jdk/internal/net/http/HttpClientImpl";
  private static final String REQUEST = "jdk/internal/net/http/HttpRequestImpl";
  private static final String PUBLISHER = "java/net/http/HttpRequest$BodyPublisher";
  private static final String HANDLER = "java/net/http/HttpResponse$BodyHandler";
  private static final String FUTURE = "java/util/concurrent/CompletableFuture";
  private static final String SOCKETS = "sun/nio/ch/Net";
  private static final String DATAGRAMS = "sun/nio/ch/DatagramChannelImpl";
  private static final String DRIVERS = "java/sql/DriverManager";
  private static final String ADDRESS =
      "Ljava/net/ProtocolFamily;Ljava/io/FileDescriptor;Ljava/net/InetAddress;I";

  private final Map<String, Map<String, Splices>> classes = new LinkedHashMap<>();

  private NetworkWeaver() {}

  /** What asks when something needs the network for the first time, and what is beneath it all. */
  static NetworkWeaver atTheStart() {
    NetworkWeaver weaver = new NetworkWeaver();
    HookCall open =
        HookCall.of("open(" + OBJECT + ")Ljava/net/URLConnection;", Local.THIS).returned();
    weaver.put(URL, "openConnection()Ljava/net/URLConnection;", new Splices().begin(open));
    weaver.put(
        URL, "openConnection(Ljava/net/Proxy;)Ljava/net/URLConnection;", new Splices().begin(open));
    weaver.put(
        CLIENT,
        "newBuilder()Ljava/net/http/HttpClient$Builder;",
        new Splices().begin(HookCall.of("client()V")));
    HookCall connect = HookCall.of("connect(" + OBJECT + "I)V", new Local(2), new Local(3));
    weaver.put(SOCKETS, "connect(" + ADDRESS + ")I", new Splices().begin(connect));
    HookCall bound = HookCall.of("bound(" + OBJECT + ")V", new BoundAddress());
    weaver.put(SOCKETS, "bind(" + ADDRESS + ")V", new Splices().end(bound));
    weaver.put(
        SOCKETS,
        "socket(Ljava/net/ProtocolFamily;Z)Ljava/io/FileDescriptor;",
        new Splices().begin(HookCall.of("socket(Z)V", new Local(1))));
    weaver.put(
        DRIVERS,
        "getConnection(Ljava/lang/String;Ljava/util/Properties;Ljava/lang/Class;)"
            + "Ljava/sql/Connection;",
        new Splices().begin(HookCall.of("database(Ljava/lang/String;)V", new Local(0))));
    return weaver;
  }

  /** The connections that http and https URLs give. */
  static NetworkWeaver ofConnections() {
    NetworkWeaver weaver = new NetworkWeaver();
    HookCall begin = HookCall.of("begin(" + OBJECT + ")V", Local.THIS);
    HookCall fail = HookCall.of("fail(Ljava/lang/Throwable;" + OBJECT + ")V", Local.THIS);
    String in = "Ljava/io/InputStream;";
    String out = "Ljava/io/OutputStream;";
    HookCall read = HookCall.of("read(" + in + OBJECT + ")" + in, Local.THIS);
    HookCall write = HookCall.of("write(" + out + OBJECT + ")" + out, Local.THIS);
    weaver.put(CONNECTION, "connect()V", new Splices().begin(begin).fail(fail));
    weaver.put(
        CONNECTION, "getInputStream()" + in, new Splices().begin(begin).end(read).fail(fail));
    weaver.put(CONNECTION, "getErrorStream()" + in, new Splices().end(read));
    weaver.put(
        CONNECTION, "getOutputStream()" + out, new Splices().begin(begin).end(write).fail(fail));
    return weaver;
  }

  /** The client of {@code java.net.http}, at the one method that all requests go through. */
  static NetworkWeaver ofClients() {
    NetworkWeaver weaver = new NetworkWeaver();
    Local request = new Local(1);
    Local handler = new Local(2);
    HookCall send =
        HookCall.of(
            "send(" + OBJECT + OBJECT + OBJECT + ")L" + FUTURE + ";", request, handler, Local.THIS);
    HookCall handle = HookCall.of("handle(" + OBJECT + OBJECT + ")" + OBJECT, handler, request);
    HookCall await = HookCall.of("await(L" + FUTURE + ";)L" + FUTURE + ";");
    weaver.put(
        CLIENT_AT_WORK,
        "sendAsync(Ljava/net/http/HttpRequest;L"
            + HANDLER
            + ";Ljava/net/http/HttpResponse$PushPromiseHandler;"
            + "Ljava/util/concurrent/Executor;)L"
            + FUTURE
            + ";",
        new Splices()
            .begin(send.returned())
            .begin(handle.as(HANDLER).storedIn(handler.slot()))
            .end(await));
    HookCall publish = HookCall.of("publish(" + OBJECT + ")" + OBJECT).as(PUBLISHER);
    weaver.put(
        REQUEST,
        "<init>(Ljava/net/http/HttpRequest;Ljava/net/ProxySelector;)V",
        new Splices().before("requestPublisherL" + PUBLISHER + ";", publish));
    return weaver;
  }

  /** What sends datagrams without connecting first. */
  static NetworkWeaver ofDatagrams() {
    NetworkWeaver weaver = new NetworkWeaver();
    weaver.put(
        DATAGRAMS, "send(Ljava/nio/ByteBuffer;Ljava/net/SocketAddress;)I", datagram(new Local(2)));
    weaver.put(
        DATAGRAMS,
        "blockingSend(Ljava/nio/ByteBuffer;Ljava/net/SocketAddress;)V",
        datagram(new Local(2)));
    weaver.put(DATAGRAMS, "blockingSend(Ljava/net/DatagramPacket;)V", datagram(new Local(1)));
    return weaver;
  }

  private static Splices datagram(Local target) {
    return new Splices().begin(HookCall.of("datagram(" + OBJECT + ")V", target));
  }

  private void put(String owner, String method, Splices splices) {
    classes.computeIfAbsent(owner, o -> new LinkedHashMap<>()).put(method, splices);
  }

  @Override
  public Set<String> classes() {
    return classes.keySet();
  }

  @Override
  public String hook() {
    return NetworkHooks.COPY;
  }

  @Override
  public @Nullable Splices of(String owner, String name, String descriptor) {
    return classes.getOrDefault(owner, Map.of()).get(name + descriptor);
  }

  /** Of a socket that has just been bound; its port may have been the system's to choose. */
  private static final class BoundAddress implements HookCall.Operand {
    @Override
    public void load(MethodVisitor code, Type as) {
      code.visitVarInsn(Opcodes.ALOAD, 1);
      code.visitMethodInsn(
          Opcodes.INVOKESTATIC,
          SOCKETS,
          "localAddress",
          "(Ljava/io/FileDescriptor;)Ljava/net/InetSocketAddress;",
          false);
    }
  }
}
