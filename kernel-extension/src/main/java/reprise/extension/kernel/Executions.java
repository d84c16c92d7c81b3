package reprise.extension.kernel;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.messages.MessageType;
import org.jspecify.annotations.Nullable;
import reprise.extension.cell.CellNames;
import reprise.extension.cell.CellRequest;

/** Answers requests that concern code. */
final class Executions {
  private final Outbox outbox;
  private final Client client;
  private final Supplier<NotebookKernel> kernel;
  private final ExecutorService cellThread;
  private final History history = new History();
  private final CellNames names = new CellNames();

  /** Whether cells are void because one before them failed. */
  boolean aborting;

  private int executed;

  Executions(
      Outbox outbox, Client client, Supplier<NotebookKernel> kernel, ExecutorService cellThread) {
    this.outbox = outbox;
    this.client = client;
    this.kernel = kernel;
    this.cellThread = cellThread;
  }

  static JsonObject ok() {
    JsonObject reply = new JsonObject();
    reply.addProperty("status", "ok");
    return reply;
  }

  /**
   * Executes a cell and tells the client how it went.
   *
   * @param onFailure what is to be done before the client learns that the cell failed
   */
  void execute(Channel channel, Request request, Runnable onFailure) {
    if (aborting) {
      JsonObject reply = new JsonObject();
      reply.addProperty("status", "aborted");
      channel.sendMessage(request.answer(MessageType.EXECUTE_REPLY, reply));
      return;
    }
    boolean silent = request.flag("silent", false);
    CellRequest cell = cell(request, silent);
    if (!silent) {
      announce(request, cell);
    }
    client.serve(request);
    CellRun run = onCellThread(() -> kernel.get().run(cell, silent));
    JsonObject reply = reply(request, run);
    if (!run.outcome().succeeded()) {
      onFailure.run();
    }
    channel.sendMessage(request.answer(MessageType.EXECUTE_REPLY, reply));
  }

  private CellRequest cell(Request request, boolean silent) {
    String source = request.text("code");
    if (!silent) {
      executed++;
    }
    boolean stored = !silent && request.flag("store_history", true);
    if (stored) {
      history.add(executed, source);
    }
    String name = request.note("cellId");
    return new CellRequest(
        name == null ? names.of(source) : name, silent ? null : executed, source, tags(request));
  }

  private static List<String> tags(Request request) {
    List<String> tags = new ArrayList<>();
    JsonElement sent = request.metadata().get("tags");
    if (sent != null && sent.isJsonArray()) {
      sent.getAsJsonArray().forEach(tag -> tags.add(tag.getAsString()));
    }
    return tags;
  }

  private void announce(Request request, CellRequest cell) {
    JsonObject input = new JsonObject();
    input.addProperty("code", cell.source());
    input.addProperty("execution_count", executed);
    outbox.sendMessage(request.answer(MessageType.PUBLISH_EXECUTE_INPUT, input));
  }

  private JsonObject reply(Request request, CellRun run) {
    JsonObject reply = ok();
    reply.addProperty("execution_count", executed);
    if (run.error() != null) {
      reply.addProperty("status", "error");
      Client.error(reply, run.error());
      return reply;
    }
    reply.add("payload", new JsonArray());
    reply.add("user_expressions", asked(request));
    return reply;
  }

  private JsonObject asked(Request request) {
    JsonObject values = new JsonObject();
    JsonElement asked = request.content().get("user_expressions");
    if (asked != null && asked.isJsonObject()) {
      for (Map.Entry<String, JsonElement> one : asked.getAsJsonObject().entrySet()) {
        String source = one.getValue().getAsString();
        values.add(one.getKey(), onCellThread(() -> kernel.get().value(source)));
      }
    }
    return values;
  }

  void complete(Channel channel, Request request) {
    String code = request.text("code");
    int cursor = request.number("cursor_pos", code.length());
    int at = code.offsetByCodePoints(0, Math.min(cursor, code.codePointCount(0, code.length())));
    ReplacementOptions options = onCellThread(() -> kernel.get().complete(code, at));
    JsonObject reply = ok();
    JsonArray matches = new JsonArray();
    if (options != null) {
      options.getReplacements().forEach(matches::add);
    }
    reply.add("matches", matches);
    reply.addProperty(
        "cursor_start",
        options == null ? cursor : code.codePointCount(0, options.getSourceStart()));
    reply.addProperty(
        "cursor_end", options == null ? cursor : code.codePointCount(0, options.getSourceEnd()));
    reply.add("metadata", new JsonObject());
    channel.sendMessage(request.answer(MessageType.COMPLETE_REPLY, reply));
  }

  void inspect(Channel channel, Request request) {
    String code = request.text("code");
    int cursor = request.number("cursor_pos", code.length());
    int at = code.offsetByCodePoints(0, Math.min(cursor, code.codePointCount(0, code.length())));
    DisplayData found =
        onCellThread(() -> kernel.get().inspect(code, at, request.number("detail_level", 0) > 0));
    JsonObject reply = ok();
    reply.addProperty("found", found != null);
    reply.add("data", found == null ? new JsonObject() : Client.bundle(Door.forms(found)));
    reply.add("metadata", new JsonObject());
    channel.sendMessage(request.answer(MessageType.INSPECT_REPLY, reply));
  }

  void isComplete(Channel channel, Request request) {
    String answer = onCellThread(() -> kernel.get().isComplete(request.text("code")));
    boolean verdict = List.of("complete", "invalid", "unknown").contains(answer);
    JsonObject reply = new JsonObject();
    reply.addProperty("status", verdict ? answer : "incomplete");
    if (!verdict) {
      reply.addProperty("indent", answer);
    }
    channel.sendMessage(request.answer(MessageType.IS_COMPLETE_REPLY, reply));
  }

  void history(Channel channel, Request request) {
    JsonObject reply = ok();
    reply.add("history", history.answer(request));
    channel.sendMessage(request.answer(MessageType.HISTORY_REPLY, reply));
  }

  @SuppressWarnings("NullAway") // tasks that return null are asked by those who expect it
  private <T extends @Nullable Object> T onCellThread(Callable<T> task) {
    try {
      return cellThread.submit(task).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a cell was running", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(String.valueOf(e.getCause()), e.getCause());
    }
  }
}
