package reprise.reproducer.notebook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import reprise.ledger.Digest;
import reprise.ledger.Pipeline;
import reprise.ledger.Wire;

/** A Java notebook in Jupyter's format, version 4. */
public final class NotebookFile {
  private final Path path;
  private final ObjectNode json;

  private NotebookFile(Path path, ObjectNode json) {
    this.path = path;
    this.json = json;
  }

  /**
   * Reads a notebook.
   *
   * @throws NotAJavaNotebook if there is none, or nothing in it that Java could execute
   */
  public static NotebookFile read(Path path) throws IOException {
    try {
      return of(path, Files.readAllBytes(path));
    } catch (NoSuchFileException e) {
      throw new NotAJavaNotebook(path, "is not there.");
    }
  }

  /**
   * A notebook of which somebody else has the bytes.
   *
   * @param path where it lies, or lay
   * @throws NotAJavaNotebook as {@link #read}
   */
  public static NotebookFile of(Path path, byte[] bytes) throws IOException {
    JsonNode json = parse(path, bytes);
    if (!json.isObject() || !json.path("cells").isArray() || json.path("nbformat").asInt() != 4) {
      throw new NotAJavaNotebook(
          path, "is not a Jupyter notebook of format 4; open it in Jupyter and save it again.");
    }
    String language = language(json);
    if (!language.equals("java")) {
      throw new NotAJavaNotebook(
          path, "is a notebook for " + language + "; Reprise executes Java notebooks.");
    }
    NotebookFile notebook = new NotebookFile(path.toAbsolutePath().normalize(), (ObjectNode) json);
    if (notebook.code().stream().allMatch(cell -> source(cell).isBlank())) {
      throw new NotAJavaNotebook(path, "has no code to execute.");
    }
    notebook.giveIds();
    return notebook;
  }

  private static JsonNode parse(Path path, byte[] bytes) throws IOException {
    try {
      return Wire.JSON.readTree(bytes);
    } catch (JsonProcessingException e) {
      throw new NotAJavaNotebook(path, "is not a Jupyter notebook: it is not JSON.");
    }
  }

  private static String language(JsonNode json) {
    JsonNode metadata = json.path("metadata");
    String language = metadata.path("language_info").path("name").asText("");
    if (language.isEmpty()) {
      language = metadata.path("kernelspec").path("language").asText("");
    }
    return language.isEmpty() ? "java" : language.toLowerCase(Locale.ROOT);
  }

  /** Before format 4.5 cells had no ids; then one is made from content and order. */
  private void giveIds() {
    Set<String> taken = new HashSet<>();
    for (JsonNode cell : json.path("cells")) {
      String id = cell.path("id").asText("");
      if (id.isEmpty()) {
        id = Digest.of(source(cell)).hex().substring(0, 8);
      }
      String unique = id;
      for (int n = 2; !taken.add(unique); n++) {
        unique = id + "-" + n;
      }
      ((ObjectNode) cell).put("id", unique);
    }
    json.put("nbformat_minor", Math.max(5, json.path("nbformat_minor").asInt()));
  }

  /** Absolute. */
  public Path path() {
    return path;
  }

  /** Sets parameters as papermill does: in a cell of their own behind the one tagged so. */
  public void inject(Map<String, String> parameters) {
    if (!parameters.isEmpty()) {
      new Injection(json, parameters).make();
    }
  }

  /** The cells that are to be executed, in the notebook's order. */
  public List<Pipeline.Cell> cells() {
    List<Pipeline.Cell> cells = new ArrayList<>();
    for (JsonNode cell : code()) {
      if (!source(cell).isBlank()) {
        cells.add(
            new Pipeline.Cell(
                cell.path("id").asText(),
                cells.size() + 1,
                source(cell),
                tags(cell),
                List.of(),
                null,
                List.of()));
      }
    }
    return cells;
  }

  private List<JsonNode> code() {
    return StreamSupport.stream(json.path("cells").spliterator(), false)
        .filter(cell -> cell.path("cell_type").asText().equals("code"))
        .toList();
  }

  static String source(JsonNode cell) {
    JsonNode source = cell.path("source");
    if (!source.isArray()) {
      return source.asText();
    }
    StringBuilder lines = new StringBuilder();
    source.forEach(line -> lines.append(line.asText()));
    return lines.toString();
  }

  static List<String> tags(JsonNode cell) {
    return StreamSupport.stream(cell.path("metadata").path("tags").spliterator(), false)
        .map(JsonNode::asText)
        .toList();
  }

  /** The notebook as JSON, to be changed into an executed one. */
  ObjectNode copy() {
    return json.deepCopy();
  }

  static ArrayNode cellsOf(ObjectNode notebook) {
    return (ArrayNode) notebook.path("cells");
  }
}
