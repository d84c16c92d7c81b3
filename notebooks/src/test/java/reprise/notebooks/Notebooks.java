package reprise.notebooks;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import reprise.ledger.Wire;

/** Small notebooks, written for one test each. */
final class Notebooks {
  private Notebooks() {}

  /** Writes a Java notebook with these code cells. */
  static Path write(Path file, String... cells) throws IOException {
    ObjectNode notebook = Wire.JSON.createObjectNode();
    notebook.put("nbformat", 4).put("nbformat_minor", 5);
    notebook.putObject("metadata").putObject("kernelspec").put("language", "java");
    ArrayNode all = notebook.putArray("cells");
    for (int i = 0; i < cells.length; i++) {
      ObjectNode cell = all.addObject().put("cell_type", "code").put("id", "c" + i);
      cell.put("source", cells[i]).putNull("execution_count");
      cell.putObject("metadata");
      cell.putArray("outputs");
    }
    Files.createDirectories(file.toAbsolutePath().resolveSibling(""));
    return Files.writeString(file, notebook.toString());
  }
}
