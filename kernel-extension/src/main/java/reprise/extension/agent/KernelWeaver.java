package reprise.extension.agent;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reprise.extension.agent.HookCall.Local;

/**
 * Where a kernel that is not ours is heard: in the two things that every Java kernel for Jupyter
 * does, whatever it is made of. It talks through a ZeroMQ socket, and it runs cells in JShell.
 */
final class KernelWeaver implements Rewriting.Description {
  private static final String SOCKET = "zmq/SocketBase";
  private static final String SHELL = "jdk/jshell/JShell";
  private static final String EXECUTION = "jdk/jshell/execution/DirectExecutionControl";
  private static final String SNIPPETS = "[Ljdk/jshell/spi/ExecutionControl$ClassBytecodes;";

  private static final HookCall SENT =
      HookCall.of(
          "sent(Ljava/lang/Object;Ljava/lang/Object;I)V", new Local(1), Local.THIS, new Local(2));
  private static final HookCall RECEIVED =
      HookCall.of("received(Ljava/lang/Object;Ljava/lang/Object;)Ljava/lang/Object;", Local.THIS)
          .as("zmq/Msg");
  private static final HookCall EVALUATES =
      HookCall.of(
              "evaluates(Ljava/lang/Object;Ljava/lang/Object;)Ljava/lang/Object;",
              new Local(1),
              Local.THIS)
          .as("java/lang/String")
          .storedIn(1);
  private static final HookCall EVALUATED =
      HookCall.of("evaluated(Ljava/lang/Object;Ljava/lang/Object;)Ljava/lang/Object;", Local.THIS)
          .as("java/util/List");
  private static final HookCall LAID = HookCall.of("laid(Ljava/lang/Object;)V", new Local(1));
  private static final HookCall LOADED =
      HookCall.of("loaded(Ljava/lang/Object;)Ljava/lang/Object;", new Local(1))
          .as(SNIPPETS)
          .storedIn(1);

  /** By class, name and descriptor of the method. */
  private static final Map<String, Splices> PLACES =
      Map.of(
          SOCKET + ".send(Lzmq/Msg;I)Z",
          new Splices().begin(SENT),
          SOCKET + ".send(Lzmq/Msg;ILjava/util/concurrent/atomic/AtomicBoolean;)Z",
          new Splices().begin(SENT),
          SOCKET + ".recv(I)Lzmq/Msg;",
          new Splices().end(RECEIVED),
          SOCKET + ".recv(ILjava/util/concurrent/atomic/AtomicBoolean;)Lzmq/Msg;",
          new Splices().end(RECEIVED),
          SHELL + ".eval(Ljava/lang/String;)Ljava/util/List;",
          new Splices().begin(EVALUATES).end(EVALUATED),
          SHELL + ".addToClasspath(Ljava/lang/String;)V",
          new Splices().begin(LAID),
          EXECUTION + ".load(" + SNIPPETS + ")V",
          new Splices().begin(LOADED));

  @Override
  public Set<String> classes() {
    return Set.of(SOCKET, SHELL, EXECUTION);
  }

  @Override
  public String hook() {
    return KernelHooks.COPY;
  }

  @Override
  public @Nullable Splices of(String owner, String name, String descriptor) {
    return PLACES.get(owner + "." + name + descriptor);
  }
}
