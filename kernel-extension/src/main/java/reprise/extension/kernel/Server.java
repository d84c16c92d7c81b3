package reprise.extension.kernel;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.PrintStream;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.dflib.jjava.jupyter.channels.DefaultReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.dflib.jjava.jupyter.messages.HMACGenerator;
import org.dflib.jjava.jupyter.messages.Header;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageType;
import org.dflib.jjava.jupyter.messages.comm.CommCloseCommand;
import org.dflib.jjava.jupyter.messages.comm.CommMsgCommand;
import org.dflib.jjava.jupyter.messages.comm.CommOpenCommand;
import org.dflib.jjava.jupyter.messages.publish.PublishStatus;
import org.dflib.jjava.jupyter.messages.request.CommInfoRequest;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import reprise.Reprise;
import reprise.extension.cell.CellEngine;
import reprise.extension.cell.CellListener;

/** Answers a Jupyter client's requests until it ends the kernel. */
final class Server {
  private static final Gson GSON = new Gson();
  private static final int GOODBYE_MILLIS = 300;

  /** The process's own, before {@code System.err} becomes the notebook's. */
  private final PrintStream log = System.err;

  private final KernelConnectionProperties address;
  private final ZMQ.Context context = ZMQ.context(1);
  private final HMACGenerator signer;
  private final Channel shell;
  private final Channel control;
  private final Channel stdin;
  private final Channel heartbeat;
  private final Outbox outbox;
  private final Client client;
  private final ExecutorService cellThread =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "cell"));
  private final Future<NotebookKernel> kernel;
  private final Map<String, BiConsumer<Channel, Request>> answers;
  private final Executions executions;

  /** What had come when a cell failed, before its client could know of that. */
  private final List<List<byte[]>> voided = new ArrayList<>();

  /**
   * @param engine of the cells; the kernel waits for it, its client need not
   */
  Server(KernelConnectionProperties address, CellListener listener, Supplier<CellEngine> engine)
      throws GeneralSecurityException {
    this.address = address;
    signer = address.createHMACGenerator();
    shell = new Channel(context, SocketType.ROUTER, signer, "shell");
    control = new Channel(context, SocketType.ROUTER, signer, "control");
    stdin = new Channel(context, SocketType.ROUTER, signer, "stdin");
    heartbeat = new Channel(context, SocketType.REP, signer, "heartbeat");
    outbox = new Outbox(context, signer);
    client = new Client(outbox, new Questions(stdin, signer));
    kernel = cellThread.submit(() -> new NotebookKernel(listener, client, engine));
    executions = new Executions(outbox, client, this::kernel, cellThread);
    answers =
        Map.ofEntries(
            Map.entry("kernel_info_request", this::describe),
            Map.entry("execute_request", this::execute),
            Map.entry("complete_request", executions::complete),
            Map.entry("inspect_request", executions::inspect),
            Map.entry("is_complete_request", executions::isComplete),
            Map.entry("history_request", executions::history),
            Map.entry("interrupt_request", this::interrupt),
            Map.entry("shutdown_request", this::shutDown),
            Map.entry("comm_open", this::comm),
            Map.entry("comm_msg", this::comm),
            Map.entry("comm_close", this::comm),
            Map.entry("comm_info_request", this::comm));
  }

  void serve() {
    heartbeat.bind(address, address.getHbPort());
    shell.bind(address, address.getShellPort());
    control.bind(address, address.getControlPort());
    stdin.bind(address, address.getStdinPort());
    outbox.bind(address);
    Runtime.getRuntime().addShutdownHook(new Thread(this::finish, "kernel-at-exit"));
    start("heartbeat", this::beat);
    start("control", () -> answer(control));
    Signals.onInterrupt(() -> kernel().interrupt(), log);
    outbox.sendMessage(new Message<>(null, MessageType.PUBLISH_STATUS, PublishStatus.STARTING));
    answer(shell);
  }

  /** The last messages leave before the JVM does, however it ends. */
  private void finish() {
    try {
      if (kernel.isDone()) {
        kernel().endAtExit();
      }
      outbox.finish();
      stdin.close();
      Thread goodbye = new Thread(context::close, "goodbye");
      goodbye.setDaemon(true);
      goodbye.start();
      goodbye.join(GOODBYE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void start(String name, Runnable loop) {
    Thread thread = new Thread(loop, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void beat() {
    while (heartbeat.hasMessage(-1)) {
      heartbeat.send(heartbeat.recv());
    }
    heartbeat.close();
  }

  private void answer(Channel channel) {
    while (channel.hasMessage(-1)) {
      answerOne(channel, channel.parts());
      if (channel == shell) {
        abort(channel);
      }
    }
    channel.close();
  }

  private void answerOne(Channel channel, List<byte[]> parts) {
    Request request;
    try {
      request = Request.of(parts, signer);
    } catch (IllegalArgumentException e) {
      log.println("Ignored " + e.getMessage() + ".");
      return;
    }
    BiConsumer<Channel, Request> answer = answers.get(request.type());
    if (answer != null) {
      status(request, "busy");
      try {
        answer.accept(channel, request);
      } catch (RuntimeException e) {
        log.println("A " + request.type() + " could not be answered: " + e);
      } finally {
        status(request, "idle");
      }
    }
  }

  private void status(Request request, String state) {
    JsonObject status = new JsonObject();
    status.addProperty("execution_state", state);
    outbox.sendMessage(request.answer(MessageType.PUBLISH_STATUS, status));
  }

  private NotebookKernel kernel() {
    try {
      return kernel.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted before the kernel had started", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the kernel could not start", e.getCause());
    }
  }

  private void describe(Channel channel, Request request) {
    JsonObject info = Executions.ok();
    info.addProperty("protocol_version", Header.PROTOCOL_VERISON);
    info.addProperty("implementation", "reprise");
    info.addProperty("implementation_version", Reprise.VERSION);
    info.addProperty("banner", "Reprise " + Reprise.VERSION + ", Java " + Runtime.version());
    info.addProperty("debugger", false);
    info.add("language_info", GSON.toJsonTree(NotebookKernel.java()));
    info.add("help_links", GSON.toJsonTree(NotebookKernel.help()));
    channel.sendMessage(request.answer(MessageType.KERNEL_INFO_REPLY, info));
  }

  /**
   * A failure makes the cells void that wait already, unless the client wants them all the same.
   * One that is sent in the knowledge of the failure is not among them.
   */
  private void execute(Channel channel, Request request) {
    boolean voidsOthers = request.flag("stop_on_error", true);
    executions.execute(channel, request, () -> takeWaiting(channel, voidsOthers));
  }

  private void takeWaiting(Channel channel, boolean voidsOthers) {
    while (voidsOthers && channel.hasMessage(0)) {
      voided.add(channel.parts());
    }
  }

  private void abort(Channel channel) {
    executions.aborting = true;
    voided.forEach(parts -> answerOne(channel, parts));
    executions.aborting = false;
    voided.clear();
  }

  private void interrupt(Channel channel, Request request) {
    kernel().interrupt();
    channel.sendMessage(request.answer(MessageType.INTERRUPT_REPLY, Executions.ok()));
  }

  private void shutDown(Channel channel, Request request) {
    boolean restart = request.flag("restart", false);
    JsonObject reply = Executions.ok();
    reply.addProperty("restart", restart);
    channel.sendMessage(request.answer(MessageType.SHUTDOWN_REPLY, reply));
    status(request, "idle");
    if (kernel.isDone()) {
      kernel().endsBy(restart ? "restart" : "shutdown");
    }
    channel.close();
    System.exit(0);
  }

  private void comm(Channel channel, Request request) {
    NotebookKernel notebook = kernel();
    notebook.getCommManager().setIOPubChannel(outbox);
    notebook.getCommManager().setMessageContext(request);
    Quiet env = new Quiet(channel, outbox, request);
    switch (request.type()) {
      case "comm_open" ->
          notebook
              .getCommManager()
              .handleCommOpenCommand(env, request.as(typed(request, CommOpenCommand.class)));
      case "comm_msg" ->
          notebook
              .getCommManager()
              .handleCommMsgCommand(env, request.as(typed(request, CommMsgCommand.class)));
      case "comm_close" ->
          notebook
              .getCommManager()
              .handleCommCloseCommand(env, request.as(typed(request, CommCloseCommand.class)));
      default ->
          notebook
              .getCommManager()
              .handleCommInfoRequest(env, request.as(typed(request, CommInfoRequest.class)));
    }
  }

  private static <T> T typed(Request request, Class<T> type) {
    return GSON.fromJson(request.content(), type);
  }

  /** Busy and idle are said by us, once for every request. */
  private static final class Quiet extends DefaultReplyEnvironment {
    Quiet(Channel channel, Outbox outbox, Request request) {
      super(channel, outbox, request);
    }

    @Override
    public void setBusyDeferIdle() {}
  }
}
