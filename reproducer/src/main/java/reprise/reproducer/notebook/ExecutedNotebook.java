package reprise.reproducer.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Outcome;
import reprise.ledger.Output;
import reprise.ledger.Run;
import reprise.ledger.Step;
import reprise.ledger.Wire;

/** A notebook with what came of its cells, as papermill leaves one: nbformat 4.5. */
public final class ExecutedNotebook {
  private final ObjectNode json;

  private ExecutedNotebook(ObjectNode json) {
    this.json = json;
  }

  /** The outputs of {@code run} in the place of whatever stood under the cells before. */
  public static ExecutedNotebook of(
      NotebookFile notebook, Run run, Map<String, String> parameters) {
    ObjectNode json = notebook.copy();
    Map<String, Step> steps = new HashMap<>();
    run.history().forEach(step -> steps.put(step.cell(), step));
    for (JsonNode cell : NotebookFile.cellsOf(json)) {
      if (cell.path("cell_type").asText().equals("code")) {
        fill((ObjectNode) cell, steps.get(cell.path("id").asText()));
      }
    }
    metadata(json).set("papermill", papermill(notebook, run, parameters));
    return new ExecutedNotebook(json);
  }

  private static ObjectNode metadata(ObjectNode of) {
    return of.withObjectProperty("metadata");
  }

  private static void fill(ObjectNode cell, @Nullable Step step) {
    ArrayNode outputs = cell.putArray("outputs");
    ObjectNode papermill = metadata(cell).putObject("papermill");
    if (step == null) {
      cell.putNull("execution_count");
      papermill.put("status", "pending").putNull("exception");
      return;
    }
    cell.put("execution_count", step.executionCount());
    step.outputs().stream().map(ExecutedNotebook::output).forEach(outputs::add);
    boolean failed = !(step.outcome() instanceof Outcome.Succeeded);
    papermill.put("status", failed ? "failed" : "completed").put("exception", failed);
    papermill.put("start_time", step.startedAt().toString());
    long nanos = Objects.requireNonNullElse(step.tookNanos(), 0L);
    papermill.put("end_time", step.startedAt().plusNanos(nanos).toString());
    papermill.put("duration", nanos / 1e9);
  }

  /** The ledger speaks nbformat but for display ids, and for text too long to stand in a file. */
  private static JsonNode output(Output output) {
    if (output instanceof Output.StreamRest rest) {
      return Wire.JSON.valueToTree(
          new Output.Stream(
              rest.name(),
              "\n[%,d more bytes are kept by Reprise as %s]\n"
                  .formatted(rest.size(), rest.digest())));
    }
    ObjectNode json = Wire.JSON.valueToTree(output);
    json.remove("display_id");
    return json;
  }

  private static ObjectNode papermill(
      NotebookFile notebook, Run run, Map<String, String> parameters) {
    ObjectNode papermill = JsonNodeFactory.instance.objectNode();
    papermill.put("version", "2.6.0");
    papermill.putObject("default_parameters");
    papermill.putObject("environment_variables");
    papermill.set("parameters", Wire.JSON.valueToTree(parameters));
    papermill.put("input_path", notebook.path().toString());
    papermill.put("start_time", run.startedAt().toString());
    Instant end = Objects.requireNonNullElse(run.endedAt(), run.startedAt());
    papermill.put("end_time", end.toString());
    papermill.put("duration", Duration.between(run.startedAt(), end).toNanos() / 1e9);
    boolean failed = run.history().stream().anyMatch(ExecutedNotebook::failedUnexpectedly);
    papermill.put("exception", failed ? Boolean.TRUE : null);
    return papermill;
  }

  private static boolean failedUnexpectedly(Step step) {
    return !(step.outcome() instanceof Outcome.Succeeded) && !step.mayFail();
  }

  /** Writes the notebook; readers of {@code file} see the old one or the new one, never a part. */
  public void write(Path file) throws IOException {
    ((ObjectNode) json.path("metadata").path("papermill")).put("output_path", file.toString());
    Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
    Path draft = Files.createTempFile(folder, ".reprise-", ".ipynb");
    try {
      Files.writeString(draft, json.toPrettyString() + "\n");
      Files.move(draft, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(draft);
    }
  }
}
