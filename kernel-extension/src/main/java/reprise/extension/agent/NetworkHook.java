package reprise.extension.agent;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLConnection;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What woven code of the JDK asks on its way to the network. Like {@link FileHook} it is copied
 * into {@code java.lang} and must stand on its own; {@link NetworkHooks} speaks to the copy.
 *
 * <p>Questions travel as the numbers of {@link NetworkQuestion}, which is out of sight from there.
 */
public final class NetworkHook {
  /** Takes the ordinal of the question and what it is about; null answers nothing. */
  public static volatile @Nullable BiFunction<Integer, Object[], @Nullable Object> answers;

  private static final int OPEN = 0;
  private static final int BEGIN = 1;
  private static final int WRITE = 2;
  private static final int READ = 3;
  private static final int FAIL = 4;
  private static final int CLIENT = 5;
  private static final int SEND = 6;
  private static final int HANDLE = 7;
  private static final int PUBLISH = 8;
  private static final int AWAIT = 9;
  private static final int SOCKET = 10;
  private static final int BOUND = 11;
  private static final int CONNECT = 12;
  private static final int DATABASE = 13;

  /** One cell, true while an answer is looked for on this thread. */
  private static final ThreadLocal<boolean[]> ASKING = new ThreadLocal<>();

  private NetworkHook() {}

  // --- woven calls: URLs and their connections

  /** Null lets the URL be opened as ever. */
  public static @Nullable URLConnection open(Object url) {
    return (URLConnection) ask(OPEN, new Object[] {url});
  }

  /** The connection is about to go to its server. */
  public static void begin(Object connection) {
    ask(BEGIN, new Object[] {connection});
  }

  /** The stream that a request's body is to be written to. */
  public static @Nullable OutputStream write(@Nullable OutputStream stream, Object connection) {
    Object seen = stream == null ? null : ask(WRITE, new Object[] {stream, connection});
    return seen == null ? stream : (OutputStream) seen;
  }

  /** The stream that a reply's body is to be read from. */
  public static @Nullable InputStream read(@Nullable InputStream stream, Object connection) {
    Object seen = stream == null ? null : ask(READ, new Object[] {stream, connection});
    return seen == null ? stream : (InputStream) seen;
  }

  public static void fail(Throwable failure, Object connection) {
    ask(FAIL, new Object[] {failure, connection});
  }

  // --- woven calls: java.net.http, whose types are out of sight from here

  /** Somebody is about to make a client. */
  public static void client() {
    ask(CLIENT, new Object[0]);
  }

  /** Null lets the request be sent as ever. */
  public static @Nullable CompletableFuture<?> send(Object request, Object handler, Object client) {
    boolean isThere = request != null && handler != null; // else the JDK complains
    return isThere
        ? (CompletableFuture<?>) ask(SEND, new Object[] {request, handler, client})
        : null;
  }

  /** What is to handle the reply. */
  public static Object handle(Object handler, Object request) {
    boolean isThere = request != null && handler != null;
    Object seen = isThere ? ask(HANDLE, new Object[] {handler, request}) : null;
    return seen == null ? handler : seen;
  }

  /** What is to publish the body of the request that this thread is sending. */
  public static @Nullable Object publish(@Nullable Object publisher) {
    Object seen = publisher == null ? null : ask(PUBLISH, new Object[] {publisher});
    return seen == null ? publisher : seen;
  }

  /** The reply that is awaited for the request that this thread has sent. */
  public static CompletableFuture<?> await(CompletableFuture<?> reply) {
    ask(AWAIT, new Object[] {reply});
    return reply;
  }

  // --- woven calls: what is beneath

  public static void socket(boolean stream) {
    if (!stream) {
      ask(SOCKET, new Object[0]);
    }
  }

  public static void bound(Object address) {
    ask(BOUND, new Object[] {address});
  }

  /** An address and its port are about to be connected to. */
  public static void connect(Object address, int port) throws IOException {
    refuse(ask(CONNECT, new Object[] {address, port}));
  }

  /** A datagram, or the address that bytes are to be sent to. */
  public static void datagram(Object target) throws IOException {
    refuse(ask(CONNECT, new Object[] {target}));
  }

  /** A database, by its JDBC URL. */
  public static void database(String url) {
    if (url != null) {
      refuse(ask(DATABASE, new Object[] {url}));
    }
  }

  /** Thrown as if the JDK's method itself had thrown it. */
  @SuppressWarnings("unchecked")
  private static <E extends Throwable> void refuse(@Nullable Object refusal) throws E {
    if (refusal != null) {
      E thrown = (E) refusal; // java.sql's exceptions are out of sight from here
      StackTraceElement[] stack = new Throwable().getStackTrace();
      thrown.setStackTrace(Arrays.copyOfRange(stack, Math.min(2, stack.length), stack.length));
      throw thrown;
    }
  }

  private static @Nullable Object ask(int question, Object[] about) {
    BiFunction<Integer, Object[], @Nullable Object> asked = answers;
    if (asked == null) {
      return null;
    }
    boolean[] asking = ASKING.get();
    if (asking == null) {
      asking = new boolean[1];
      ASKING.set(asking);
    }
    if (asking[0]) {
      return null;
    }
    asking[0] = true;
    try {
      return asked.apply(question, about);
    } catch (Throwable recordingNeverBreaksTheProgram) {
      return null; // the user's own call goes on as if nobody watched
    } finally {
      asking[0] = false;
    }
  }
}
