package reprise.extension.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.util.Map;
import org.dflib.jjava.jupyter.messages.MessageType;
import org.jspecify.annotations.Nullable;
import reprise.extension.cell.FrontEnd;
import reprise.ledger.Output;

/** The person behind a Jupyter client. Outputs go to whoever sent the latest cell. */
final class Client implements FrontEnd {
  private final Outbox outbox;
  private final Questions questions;
  private volatile @Nullable Request cell;

  Client(Outbox outbox, Questions questions) {
    this.outbox = outbox;
    this.questions = questions;
  }

  /** From now on outputs belong to {@code request}. */
  void serve(Request request) {
    cell = request;
  }

  @Override
  public void show(Output output) {
    Request served = cell;
    if (served != null) {
      outbox.sendMessage(served.answer(kind(output), content(output)));
    }
  }

  @Override
  public @Nullable String read(String prompt, boolean password) throws InterruptedException {
    Request served = cell;
    return served == null || !served.flag("allow_stdin", false)
        ? null
        : questions.ask(served, prompt, password);
  }

  private static MessageType<?> kind(Output output) {
    if (output instanceof Output.Stream) {
      return MessageType.PUBLISH_STREAM;
    }
    if (output instanceof Output.Result) {
      return MessageType.PUBLISH_EXECUTION_RESULT;
    }
    if (output instanceof Output.Display) {
      return MessageType.PUBLISH_DISPLAY_DATA;
    }
    if (output instanceof Output.DisplayUpdate) {
      return MessageType.PUBLISH_UPDATE_DISPLAY_DATA;
    }
    return output instanceof Output.Cleared
        ? MessageType.PUBLISH_CLEAR_OUTPUT
        : MessageType.PUBLISH_ERROR;
  }

  private static JsonObject content(Output output) {
    JsonObject content = new JsonObject();
    if (output instanceof Output.Stream stream) {
      content.addProperty("name", stream.name());
      content.addProperty("text", stream.text());
    } else if (output instanceof Output.Result result) {
      content.addProperty("execution_count", result.executionCount());
      fill(content, result.data(), result.metadata(), null);
    } else if (output instanceof Output.Display display) {
      fill(content, display.data(), display.metadata(), display.displayId());
    } else if (output instanceof Output.DisplayUpdate update) {
      fill(content, update.data(), update.metadata(), update.displayId());
    } else if (output instanceof Output.Cleared cleared) {
      content.addProperty("wait", cleared.waits());
    } else if (output instanceof Output.Traceback error) {
      error(content, error);
    }
    return content;
  }

  /** The fields that an error has both where it is published and in the reply. */
  static void error(JsonObject content, Output.Traceback error) {
    content.addProperty("ename", error.ename());
    content.addProperty("evalue", error.evalue());
    JsonArray lines = new JsonArray();
    error.traceback().forEach(lines::add);
    content.add("traceback", lines);
  }

  private static void fill(
      JsonObject content,
      Map<String, JsonNode> data,
      Map<String, JsonNode> metadata,
      @Nullable String displayId) {
    content.add("data", bundle(data));
    content.add("metadata", bundle(metadata));
    JsonObject fleeting = new JsonObject();
    if (displayId != null) {
      fleeting.addProperty("display_id", displayId);
    }
    content.add("transient", fleeting);
  }

  static JsonObject bundle(Map<String, JsonNode> forms) {
    JsonObject bundle = new JsonObject();
    forms.forEach(
        (mime, form) ->
            bundle.add(
                mime,
                form.isTextual()
                    ? new JsonPrimitive(form.textValue())
                    : JsonParser.parseString(form.toString())));
    return bundle;
  }
}
