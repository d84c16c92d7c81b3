package reprise.extension.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.publish.PublishClearOutput;
import org.dflib.jjava.jupyter.messages.publish.PublishDisplayData;
import org.dflib.jjava.jupyter.messages.publish.PublishError;
import org.dflib.jjava.jupyter.messages.publish.PublishExecuteResult;
import org.dflib.jjava.jupyter.messages.publish.PublishStream;
import org.dflib.jjava.jupyter.messages.publish.PublishUpdateDisplayData;
import org.jspecify.annotations.Nullable;
import reprise.extension.cell.Stage;
import reprise.ledger.Output;

/**
 * What the library's helpers publish, on its way to the stage. It never closes, so what a thread
 * shows after its cell has ended goes the same way.
 */
final class Door extends ShellReplyEnvironment {
  private static final Gson GSON = new Gson();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Stage stage;

  @SuppressWarnings("NullAway") // the library's sockets are never touched from here
  Door(Stage stage) {
    super(null, null, null, null);
    this.stage = stage;
  }

  static Output.Result result(int executionCount, DisplayData shown) {
    JsonObject json = GSON.toJsonTree(shown).getAsJsonObject();
    return new Output.Result(executionCount, part(json, "data"), part(json, "metadata"));
  }

  static Map<String, JsonNode> forms(DisplayData shown) {
    return part(GSON.toJsonTree(shown).getAsJsonObject(), "data");
  }

  @Override
  public void publish(Message<?> message) {
    Output output = output(message.getContent());
    if (output != null) {
      stage.show(output);
    }
  }

  @Override
  public @Nullable String readFromStdIn(String prompt, boolean password) {
    try {
      String line = stage.read(prompt, password);
      return line == null ? null : line + System.lineSeparator();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  private static @Nullable Output output(Object content) {
    if (content instanceof PublishStream text) {
      boolean error = text.getStreamType() == PublishStream.StreamType.ERR;
      return new Output.Stream(error ? "stderr" : "stdout", text.getText());
    }
    if (content instanceof PublishExecuteResult result) {
      return result(result.getCount(), result);
    }
    if (content instanceof PublishDisplayData || content instanceof PublishUpdateDisplayData) {
      return display((DisplayData) content);
    }
    if (content instanceof PublishClearOutput clear) {
      return new Output.Cleared(clear.shouldWait());
    }
    if (content instanceof PublishError error) {
      return new Output.Traceback(
          error.getErrorName(), error.getErrorMessage(), error.getStacktrace());
    }
    return null;
  }

  private static Output display(DisplayData shown) {
    JsonObject json = GSON.toJsonTree(shown).getAsJsonObject();
    Map<String, JsonNode> data = part(json, "data");
    Map<String, JsonNode> metadata = part(json, "metadata");
    return shown instanceof PublishUpdateDisplayData
        ? new Output.DisplayUpdate(data, metadata, shown.getDisplayId())
        : new Output.Display(data, metadata, shown.getDisplayId());
  }

  private static Map<String, JsonNode> part(JsonObject json, String name) {
    Map<String, JsonNode> forms = new LinkedHashMap<>();
    JsonElement part = json.get(name);
    if (part != null && part.isJsonObject()) {
      part.getAsJsonObject().entrySet().forEach(e -> forms.put(e.getKey(), node(e.getValue())));
    }
    return forms;
  }

  /** The library speaks Gson, the ledger Jackson. */
  static JsonNode node(JsonElement json) {
    if (json.isJsonObject()) {
      ObjectNode object = NODES.objectNode();
      json.getAsJsonObject().entrySet().forEach(e -> object.set(e.getKey(), node(e.getValue())));
      return object;
    }
    if (json.isJsonArray()) {
      ArrayNode array = NODES.arrayNode();
      json.getAsJsonArray().forEach(item -> array.add(node(item)));
      return array;
    }
    return json.isJsonNull() ? NODES.nullNode() : scalar(json.getAsJsonPrimitive());
  }

  private static JsonNode scalar(JsonPrimitive json) {
    if (json.isBoolean()) {
      return NODES.booleanNode(json.getAsBoolean());
    }
    if (json.isString()) {
      return NODES.textNode(json.getAsString());
    }
    BigDecimal number = json.getAsBigDecimal();
    return number.scale() <= 0 && number.precision() < 19
        ? NODES.numberNode(number.longValueExact())
        : NODES.numberNode(json.getAsDouble());
  }
}
