package reprise.reproducer.notebook;

import static com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS;

import com.fasterxml.jackson.core.JsonProcessingException;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Outcome;
import reprise.ledger.Output;
import reprise.ledger.Reproduction;
import reprise.ledger.Run;
import reprise.ledger.Step;
import reprise.ledger.Wire;

/** A notebook with what came of its cells, as papermill leaves one: nbformat 4.5. */
public final class ExecutedNotebook {
  private static final ObjectNode KERNEL =
      JsonNodeFactory.instance
          .objectNode()
          .put("display_name", "Java (Reprise)")
          .put("language", "java")
          .put("name", "reprise-java");

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
    metadata(json).set("papermill", papermill(notebook.path().toString(), run, parameters));
    return new ExecutedNotebook(json);
  }

  /**
   * The cells of {@code run} in the order in which they ran, each as often as it did. What stood
   * between them in the notebook, and cells that never ran, are not in it.
   */
  public static ExecutedNotebook of(Run run, List<Reproduction> reproductions) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("nbformat", 4).put("nbformat_minor", 5);
    metadata(json).set("kernelspec", KERNEL.deepCopy());
    metadata(json).set("language_info", language(run));
    metadata(json).set("papermill", papermill(run.notebook().path(), run, constants(run)));
    metadata(json).set("reprise", evidence(run, reproductions));
    ArrayNode cells = json.putArray("cells");
    CellIds ids = new CellIds();
    for (Step step : run.history()) {
      ObjectNode cell = cells.addObject();
      cell.put("cell_type", "code").put("id", ids.next(step.cell())).put("source", step.source());
      ArrayNode tags = metadata(cell).putArray("tags");
      step.tags().stream().distinct().forEach(tags::add);
      fill(cell, step);
    }
    return new ExecutedNotebook(json);
  }

  private static ObjectNode language(Run run) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("name", "java")
        .put("version", run.environment().jdk().version())
        .put("mimetype", "text/x-java-source")
        .put("file_extension", ".jshell");
  }

  private static ObjectNode evidence(Run run, List<Reproduction> reproductions) {
    ObjectNode evidence = JsonNodeFactory.instance.objectNode();
    evidence.put("run", run.run().value()).put("experiment", run.experiment().value());
    if (!reproductions.isEmpty()) {
      evidence.set("reproduction", Wire.JSON.valueToTree(reproductions.get(0)));
    }
    return evidence;
  }

  /** What parameters were set to in the end, as JSON says it as far as it can. */
  private static Map<String, Object> constants(Run run) {
    Map<String, Object> constants = new LinkedHashMap<>();
    for (Step step : run.history()) {
      step.parameters().forEach(it -> constants.put(it.name(), constant(it.value())));
    }
    return constants;
  }

  private static Object constant(String spelled) {
    try {
      JsonNode json = Wire.JSON.reader().with(FAIL_ON_TRAILING_TOKENS).readTree(spelled);
      return json.isValueNode() && !json.isMissingNode() ? json : spelled;
    } catch (JsonProcessingException e) {
      return spelled; // 10L, 'c': a constant of Java's that JSON has no word for
    }
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

  private static ObjectNode papermill(@Nullable String input, Run run, Map<String, ?> parameters) {
    ObjectNode papermill = JsonNodeFactory.instance.objectNode();
    papermill.put("version", "2.6.0");
    papermill.putObject("default_parameters");
    papermill.set(
        "environment_variables",
        Wire.JSON.valueToTree(new TreeMap<>(run.environment().variables())));
    papermill.set("parameters", Wire.JSON.valueToTree(parameters));
    papermill.put("input_path", input);
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
    Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
    Path draft = Files.createTempFile(folder, ".reprise-", ".ipynb");
    try {
      write(draft, file);
      Files.move(draft, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /** Writes into {@code draft} what is to stand in {@code file}. */
  public void write(Path draft, Path file) throws IOException {
    ((ObjectNode) json.path("metadata").path("papermill")).put("output_path", file.toString());
    Files.writeString(draft, json.toPrettyString() + "\n");
  }
}
