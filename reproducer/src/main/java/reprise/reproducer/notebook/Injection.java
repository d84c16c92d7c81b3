package reprise.reproducer.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parameters on their way into a notebook, by papermill's conventions: a cell tagged {@code
 * injected-parameters} takes the place of an earlier one, else comes behind the cell tagged {@code
 * parameters}, else first.
 */
final class Injection {
  private static final String INJECTED = "injected-parameters";
  private static final Pattern LITERAL =
      Pattern.compile(
          "true|false|null|[-+]?(\\d[\\d_]*)?\\.?\\d+([eE][-+]?\\d+)?[lLfFdD]?|\".*\"|'.'");

  private final ArrayNode cells;
  private final Map<String, String> parameters;

  Injection(ObjectNode notebook, Map<String, String> parameters) {
    this.cells = NotebookFile.cellsOf(notebook);
    this.parameters = parameters;
  }

  void make() {
    int tagged = indexOf("parameters");
    ObjectNode cell = cells.objectNode();
    cell.put("cell_type", "code").put("id", INJECTED).putNull("execution_count");
    cell.putObject("metadata").putArray("tags").add(INJECTED);
    cell.putArray("outputs");
    cell.put("source", source(tagged < 0 ? "" : NotebookFile.source(cells.get(tagged))));
    int before = indexOf(INJECTED);
    if (before >= 0) {
      cells.set(before, cell);
    } else {
      cells.insert(tagged + 1, cell);
    }
  }

  private int indexOf(String tag) {
    for (int i = 0; i < cells.size(); i++) {
      JsonNode cell = cells.get(i);
      if (NotebookFile.tags(cell).contains(tag)) {
        return i;
      }
    }
    return -1;
  }

  private String source(String declarations) {
    StringBuilder source = new StringBuilder("// Parameters\n");
    for (String name : new TreeSet<>(parameters.keySet())) {
      String value = String.valueOf(parameters.get(name));
      Matcher declared =
          Pattern.compile("\\b([\\w.<>\\[\\]]+)\\s+" + Pattern.quote(name) + "\\s*=")
              .matcher(declarations);
      if (declared.find() && !declared.group(1).equals("var")) {
        source.append(name).append(" = ").append(literal(value, declared.group(1)));
      } else {
        source.append("var ").append(name).append(" = ").append(literal(value, ""));
      }
      source.append(";\n");
    }
    return source.toString();
  }

  private static String literal(String value, String type) {
    boolean text = type.equals("String") || type.equals("CharSequence");
    boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
    if (quoted || (!text && LITERAL.matcher(value).matches())) {
      return value;
    }
    return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }
}
