package reprise.extension.secret;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import reprise.ledger.Wire;

/**
 * Masks the files around a notebook, and the notebook's own file, for the code history. What is
 * secret in them is not looked for elsewhere: a replay, which keeps no history, could not do so
 * too.
 */
public final class CodeMask {
  private static final Set<String> JAVA = Set.of("java", "jsh", "jshell", "kt", "groovy", "scala");

  private final Mask mask;

  public CodeMask(Mask mask) {
    this.mask = mask;
  }

  /** The file's bytes as they may be kept; the very same array if there is no secret in them. */
  public byte[] masked(String path, byte[] bytes) {
    Charset charset = charset(bytes);
    String text = new String(bytes, charset);
    String masked = masked(ending(path), text);
    return masked.equals(text) ? bytes : masked.getBytes(charset);
  }

  private String masked(String ending, String text) {
    if (ending.equals("ipynb")) {
      return notebook(text);
    }
    return JAVA.contains(ending) ? mask.otherSource(text) : mask.text(text);
  }

  private static String ending(String path) {
    return path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  /** Every byte is a character of ISO 8859-1, so what is no UTF-8 comes out as it went in. */
  private static Charset charset(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return StandardCharsets.UTF_8;
    } catch (CharacterCodingException e) {
      return StandardCharsets.ISO_8859_1;
    }
  }

  /** A notebook with nothing to hide keeps its spelling, blanks and all. */
  private String notebook(String text) {
    try {
      JsonNode notebook = Wire.JSON.readTree(text);
      JsonNode before = notebook.deepCopy();
      for (JsonNode cell : notebook.path("cells")) {
        if (cell instanceof ObjectNode object) {
          cell(object);
        }
      }
      return notebook.equals(before) ? mask.text(text) : notebook.toPrettyString() + "\n";
    } catch (com.fasterxml.jackson.core.JsonProcessingException | UncheckedIOException e) {
      return mask.text(text); // half written, perhaps
    }
  }

  private void cell(ObjectNode cell) {
    String source = joined(cell.path("source"));
    String masked =
        cell.path("cell_type").asText().equals("code")
            ? mask.otherSource(source)
            : mask.text(source);
    if (!masked.equals(source)) {
      cell.put("source", masked);
    }
    if (cell.has("outputs")) {
      cell.set("outputs", text(cell.get("outputs")));
    }
  }

  /** What stands in a notebook as one string or as one for each line. */
  private static String joined(JsonNode source) {
    if (source.isTextual()) {
      return source.textValue();
    }
    StringBuilder all = new StringBuilder();
    source.forEach(line -> all.append(line.asText()));
    return all.toString();
  }

  private JsonNode text(JsonNode node) {
    if (node.isTextual()) {
      return TextNode.valueOf(mask.text(node.textValue()));
    }
    if (node instanceof ArrayNode array) {
      ArrayNode masked = Wire.JSON.createArrayNode();
      array.forEach(element -> masked.add(text(element)));
      return masked;
    }
    if (node instanceof ObjectNode object) {
      ObjectNode masked = Wire.JSON.createObjectNode();
      object.properties().forEach(field -> masked.set(field.getKey(), text(field.getValue())));
      return masked;
    }
    return node;
  }
}
