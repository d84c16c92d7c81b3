package reprise.extension.attach;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reprise.extension.cell.CellNames;
import reprise.extension.cell.CellRequest;
import reprise.ledger.Output;
import reprise.ledger.Wire;

/**
 * A message of Jupyter's protocol.
 *
 * @param parent the id of the request that it belongs to; empty for none
 */
record JupyterMessage(String type, String id, String parent, JsonNode metadata, JsonNode content) {
  private static final String PLAIN = "text/plain";
  private static final Set<String> OUTPUTS =
      Set.of(
          "stream",
          "display_data",
          "update_display_data",
          "execute_result",
          "clear_output",
          "error");

  private static final String DELIMITER = "<IDS|MSG>";
  private static final int HEADER = 2;
  private static final int PARTS = 6;

  /** Null if the parts are no message of Jupyter's, such as a heartbeat. */
  static @Nullable JupyterMessage of(List<byte[]> parts) throws IOException {
    int at = delimiter(parts);
    if (at < 0 || parts.size() < at + PARTS) {
      return null;
    }
    JsonNode header = Wire.JSON.readTree(parts.get(at + HEADER));
    JsonNode parent = Wire.JSON.readTree(parts.get(at + HEADER + 1));
    return new JupyterMessage(
        header.path("msg_type").asText(),
        header.path("msg_id").asText(),
        parent.path("msg_id").asText(),
        Wire.JSON.readTree(parts.get(at + HEADER + 2)),
        Wire.JSON.readTree(parts.get(at + HEADER + 3)));
  }

  private static int delimiter(List<byte[]> parts) {
    for (int i = 0; i < parts.size(); i++) {
      if (isDelimiter(parts.get(i))) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isDelimiter(byte[] part) {
    return part.length == DELIMITER.length()
        && new String(part, StandardCharsets.US_ASCII).equals(DELIMITER);
  }

  /**
   * The cell that an execute_request asks for.
   *
   * @param names names it if the client does not
   * @param count the number in the notebook's margin; null if it has none
   */
  CellRequest cell(CellNames names, @Nullable Integer count) {
    String source = content.path("code").asText();
    String name = metadata.path("cellId").asText();
    List<String> tags = new ArrayList<>();
    metadata.path("tags").forEach(tag -> tags.add(tag.asText()));
    boolean silent = content.path("silent").asBoolean();
    return new CellRequest(
        name.isEmpty() ? names.of(source) : name, silent ? null : count, source, tags);
  }

  /**
   * What the message shows under a cell; null if it shows nothing.
   *
   * @param value what the result is, for a kernel that shows it in forms of its own only
   */
  @Nullable Output shown(@Nullable Object value) throws JsonProcessingException {
    if (!OUTPUTS.contains(type) || !content.isObject()) {
      return null;
    }
    ObjectNode output = content.deepCopy();
    output.put("output_type", type); // whose names are those of the messages
    output.remove("transient");
    if (type.contains("display")) {
      output.put("display_id", displayId());
    }
    if (type.equals("execute_result")
        && output.path("data") instanceof ObjectNode forms
        && !forms.has(PLAIN)
        && value != null) {
      forms.put(PLAIN, String.valueOf(value));
    }
    return Wire.JSON.treeToValue(output, Output.class);
  }

  /** The id of what is displayed; null if nothing is, or without one. */
  @Nullable String displayId() {
    JsonNode id = content.path("transient").path("display_id");
    return type.contains("display") && id.isTextual() ? id.asText() : null;
  }
}
