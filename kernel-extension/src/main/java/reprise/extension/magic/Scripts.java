package reprise.extension.magic;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import reprise.extension.cell.CellFailure;

/** Code that stands in other files. */
final class Scripts {
  private static final List<String> ENDINGS = List.of("", ".ipynb", ".jshell", ".jsh", ".java");

  private final Notebook notebook;

  Scripts(Notebook notebook) {
    this.notebook = notebook;
  }

  /** Executes scripts and notebooks as if their cells stood here. */
  @Nullable Object load(List<String> words) throws IOException {
    if (words.isEmpty()) {
      throw CellFailure.of("LoadFailed", "Say which script or notebook: %load FILE.");
    }
    for (String word : words) {
      load(find(word));
    }
    return null;
  }

  private static Path find(String name) {
    for (String ending : ENDINGS) {
      Path file = Path.of(name + ending);
      if (Files.isRegularFile(file)) {
        return file;
      }
    }
    throw CellFailure.of(
        "LoadFailed",
        "There is no script or notebook "
            + name
            + " in "
            + Path.of("").toAbsolutePath()
            + "; check the path.");
  }

  private void load(Path file) throws IOException {
    String text = Files.readString(file);
    if (!file.toString().endsWith(".ipynb")) {
      notebook.within(file.toString(), () -> notebook.execute(text));
      return;
    }
    int number = 0;
    for (String cell : cells(file, text)) {
      number++;
      notebook.within(file + " cell " + number, () -> notebook.execute(cell));
    }
  }

  private static List<String> cells(Path file, String text) {
    try {
      JsonElement cells = JsonParser.parseString(text).getAsJsonObject().get("cells");
      return StreamSupport.stream(cells.getAsJsonArray().spliterator(), false)
          .map(JsonElement::getAsJsonObject)
          .filter(cell -> cell.get("cell_type").getAsString().equals("code"))
          .map(Scripts::source)
          .toList();
    } catch (JsonParseException | IllegalStateException | NullPointerException e) {
      throw CellFailure.of("LoadFailed", file + " is not a notebook; save it again from Jupyter.");
    }
  }

  private static String source(JsonObject cell) {
    JsonElement source = cell.get("source");
    return source.isJsonPrimitive()
        ? source.getAsString()
        : StreamSupport.stream(source.getAsJsonArray().spliterator(), false)
            .map(JsonElement::getAsString)
            .collect(Collectors.joining());
  }

  /** Lists what is declared, as {@code %jshell /vars} does. */
  @Nullable Object declared(List<String> words) {
    List<String> kinds = List.of("imports", "vars", "methods", "types");
    for (String word : words.isEmpty() ? List.of("all") : words) {
      String kind = word.replaceFirst("^[/-]+", "").toLowerCase(Locale.ROOT);
      List<String> wanted = kind.equals("all") ? kinds : List.of(kind);
      if (!kinds.containsAll(wanted)) {
        throw CellFailure.of(
            "UnknownKind", "%jshell lists /imports, /vars, /methods, /types or /all.");
      }
      wanted.forEach(one -> notebook.declared(one).forEach(System.out::println));
    }
    return null;
  }
}
