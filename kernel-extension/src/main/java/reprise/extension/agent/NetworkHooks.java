package reprise.extension.agent;

import java.io.InputStream;
import java.io.OutputStream;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles.Lookup;
import java.net.DatagramPacket;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The way to {@link NetworkHook}'s copy in {@code java.lang}, where its calls are woven: the first
 * of them together with {@link FileHooks}, the rest when something needs the network.
 */
public final class NetworkHooks {
  static final String COPY = HookCopy.PLACE + "NetworkHook";

  private static final NetworkQuestion[] QUESTIONS = NetworkQuestion.values();

  private static volatile @Nullable NetworkHooks installed;

  private final MethodHandle setAnswers;
  private boolean seesConnections;
  private boolean seesClients;
  private boolean seesDatagrams;

  NetworkHooks(Class<?> copy, Lookup lookup) throws ReflectiveOperationException {
    setAnswers = lookup.findStaticSetter(copy, "answers", BiFunction.class);
  }

  static void installed(NetworkHooks hooks) {
    installed = hooks;
  }

  /** Null as long as nothing is woven, or if this JDK does not let it be. */
  public static @Nullable NetworkHooks get() {
    return installed;
  }

  /** From now on {@code witness} hears of all that goes to the network. */
  public void watch(NetworkWitness witness) {
    BiFunction<Integer, Object[], @Nullable Object> answers =
        (question, about) -> answer(QUESTIONS[question], about, witness);
    try {
      setAnswers.invoke(answers);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  private @Nullable Object answer(
      NetworkQuestion question, Object[] about, NetworkWitness witness) {
    return switch (question) {
      case OPEN -> open((URL) about[0], witness);
      case BEGIN, WRITE, READ, FAIL -> ofConnection(question, about, witness);
      case CLIENT, SEND, HANDLE, PUBLISH, AWAIT -> ofClient(question, about, witness);
      case SOCKET, BOUND, CONNECT, DATABASE -> beneath(question, about, witness);
    };
  }

  private @Nullable Object open(URL url, NetworkWitness witness) {
    String protocol = url.getProtocol();
    if ((!protocol.equals("http") && !protocol.equals("https")) || !witness.heeds()) {
      return null;
    }
    seeConnections();
    return witness.opens(url);
  }

  private static @Nullable Object ofConnection(
      NetworkQuestion question, Object[] about, NetworkWitness witness) {
    HttpURLConnection connection = (HttpURLConnection) about[about.length - 1];
    switch (question) {
      case BEGIN -> witness.begins(connection);
      case FAIL -> witness.fails((Throwable) about[0], connection);
      case READ -> {
        return witness.reads((InputStream) about[0], connection);
      }
      default -> {
        return witness.writes((OutputStream) about[0], connection);
      }
    }
    return null;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // it is what the program gets
  private @Nullable Object ofClient(
      NetworkQuestion question, Object[] about, NetworkWitness witness) {
    switch (question) {
      case CLIENT -> {
        if (witness.heeds()) {
          seeClients();
        }
      }
      case SEND -> {
        HttpRequest request = (HttpRequest) about[0];
        return witness.sends(request, (BodyHandler<?>) about[1], (HttpClient) about[2]);
      }
      case HANDLE -> {
        return witness.handles((BodyHandler<?>) about[0], (HttpRequest) about[1]);
      }
      case PUBLISH -> {
        return witness.publishes((BodyPublisher) about[0]);
      }
      default -> await((CompletableFuture<?>) about[0], witness);
    }
    return null;
  }

  @SuppressWarnings("unchecked") // it is woven where nothing else is returned
  private static void await(CompletableFuture<?> reply, NetworkWitness witness) {
    witness.awaits((CompletableFuture<? extends HttpResponse<?>>) reply);
  }

  private @Nullable Object beneath(
      NetworkQuestion question, Object[] about, NetworkWitness witness) {
    switch (question) {
      case SOCKET -> {
        if (witness.heeds()) {
          seeDatagrams();
        }
      }
      case BOUND -> witness.bound(((InetSocketAddress) about[0]).getPort());
      case CONNECT -> {
        return connect(about, witness);
      }
      default -> {
        String url = about[0].toString();
        boolean isAFile = DatabaseUrl.of(url).isPresent();
        return isAFile ? null : witness.connects(url);
      }
    }
    return null;
  }

  private static @Nullable Exception connect(Object[] about, NetworkWitness witness) {
    if (about[0] instanceof InetAddress address) {
      return witness.connects(new InetSocketAddress(address, (Integer) about[1]), "tcp");
    }
    Object target =
        about[0] instanceof DatagramPacket packet && packet.getAddress() != null
            ? packet.getSocketAddress()
            : about[0];
    return target instanceof InetSocketAddress address ? witness.connects(address, "udp") : null;
  }

  private synchronized void seeConnections() {
    if (!seesConnections) {
      seesConnections = true;
      weave(NetworkWeaver.ofConnections());
    }
  }

  private synchronized void seeClients() {
    if (!seesClients) {
      seesClients = true;
      weave(NetworkWeaver.ofClients());
    }
  }

  private synchronized void seeDatagrams() {
    if (!seesDatagrams) {
      seesDatagrams = true;
      weave(NetworkWeaver.ofDatagrams());
    }
  }

  private static void weave(NetworkWeaver weaver) {
    Instrumentation instrumentation =
        Objects.requireNonNull(Agent.instrumentation(), "it wove the hooks");
    try {
      Retransformation.of(List.of(weaver), instrumentation);
    } catch (UnmodifiableClassException | LinkageError | IllegalStateException e) {
      // another JDK than those we know: sockets are still seen, if nothing that goes over them
    }
  }
}
