package reprise.reproducer.export;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import reprise.ledger.Outcome;
import reprise.ledger.Reproduction;
import reprise.ledger.Run;
import reprise.ledger.Step;
import reprise.ledger.Verdict;
import reprise.ledger.Wire;
import reprise.reproducer.evidence.Evidence;

/**
 * Events of OpenLineage 2-0-2, a line each, as a file transport would have written them: a run with
 * a run below it for each step. What came of the latest replay stands in the last event as a test
 * for each step.
 */
final class OpenLineageExport implements Export {
  @Override
  public List<String> write(Evidence evidence, ExportOrder order) throws IOException {
    try (Draft draft = Draft.file(order)) {
      StringBuilder lines = new StringBuilder();
      new Events(evidence.run(), evidence.reproductions())
          .all()
          .forEach(event -> lines.append(Wire.write(event)).append('\n'));
      Files.writeString(draft.path(), lines.toString());
      draft.finish();
      return List.of();
    }
  }

  private static final class Events {
    private static final String PRODUCER = "urn:reprise:0.1.0";
    private static final String SCHEMA =
        "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent";
    private static final String NAMESPACE = "reprise";

    private final Run run;
    private final List<Reproduction> reproductions;
    private final List<ObjectNode> events = new ArrayList<>();

    Events(Run run, List<Reproduction> reproductions) {
      this.run = run;
      this.reproductions = reproductions;
    }

    List<ObjectNode> all() {
      whole("START", run.startedAt());
      run.history().forEach(this::step);
      boolean fine =
          run.history().stream().allMatch(it -> it.outcome() instanceof Outcome.Succeeded);
      ObjectNode end =
          whole(
              fine ? "COMPLETE" : "FAIL",
              Objects.requireNonNullElse(run.endedAt(), run.startedAt()));
      if (!reproductions.isEmpty()) {
        tests(end, reproductions.get(0));
      }
      Touched.from(run, true).forEach(it -> dataset(end, "inputs", it));
      Touched.from(run, false).forEach(it -> dataset(end, "outputs", it));
      return events;
    }

    private ObjectNode whole(String type, Instant at) {
      ObjectNode event = event(type, at, run.run().value(), run.experiment().value());
      ObjectNode engine =
          facet(event, "run", "processing_engine", "1-1-1", "ProcessingEngineRunFacet");
      engine.put("version", run.environment().jdk().version()).put("name", run.kernel());
      ArrayNode variables =
          facet(event, "run", "environmentVariables", "1-0-0", "EnvironmentVariablesRunFacet")
              .putArray("environmentVariables");
      new TreeMap<>(run.environment().variables())
          .forEach((name, value) -> variables.addObject().put("name", name).put("value", value));
      return event;
    }

    private void step(Step step) {
      String id = run.run() + "#" + step.step();
      String job = run.experiment() + "." + step.cell();
      child(event("START", step.startedAt(), id, job), step);
      long took = Objects.requireNonNullElse(step.tookNanos(), 0L);
      ObjectNode end = event(ending(step), step.startedAt().plusNanos(took), id, job);
      child(end, step);
      if (step.outcome() instanceof Outcome.Failed failed) {
        facet(end, "run", "errorMessage", "1-0-1", "ErrorMessageRunFacet")
            .put("message", failed.exception() + ": " + failed.message())
            .put("programmingLanguage", "JAVA");
      }
      Touched.inputs(step).forEach(it -> dataset(end, "inputs", it));
      Touched.outputs(step).forEach(it -> dataset(end, "outputs", it));
    }

    private static String ending(Step step) {
      if (step.outcome() instanceof Outcome.Succeeded) {
        return "COMPLETE";
      }
      return step.outcome() instanceof Outcome.Failed ? "FAIL" : "ABORT";
    }

    private void child(ObjectNode event, Step step) {
      ObjectNode parent = facet(event, "run", "parent", "1-2-0", "ParentRunFacet");
      parent.putObject("run").put("runId", uuid(run.run().value()));
      parent.putObject("job").put("namespace", NAMESPACE).put("name", run.experiment().value());
      facet(event, "job", "sourceCode", "1-0-1", "SourceCodeJobFacet")
          .put("language", "java")
          .put("sourceCode", step.source());
    }

    private void tests(ObjectNode event, Reproduction reproduction) {
      ArrayNode tests = facet(event, "run", "test", "1-0-1", "TestRunFacet").putArray("tests");
      for (Reproduction.StepVerdict step : reproduction.verdicts()) {
        ObjectNode test = tests.addObject();
        test.put("name", "step " + step.step());
        test.put("status", status(step.verdict()));
        test.put("severity", "error").put("type", "reproduction");
        test.put("description", step.verdict().name());
        reproduction.divergences().stream()
            .filter(it -> it.step() == step.step())
            .findFirst()
            .ifPresent(it -> test.put("expected", it.expected()).put("actual", it.actual()));
      }
    }

    private static String status(Verdict verdict) {
      return switch (verdict) {
        case IDENTICAL, EQUIVALENT, WITHIN_NOISE -> "pass";
        case DIVERGED -> "fail";
        case NOT_RUN -> "skip";
      };
    }

    private void dataset(ObjectNode event, String side, Touched touched) {
      boolean isFile = touched.path().startsWith("/");
      ObjectNode dataset = event.withArray(side).addObject();
      dataset.put("namespace", isFile ? "file://" + run.host() : "urn:url");
      dataset.put("name", touched.path());
      ObjectNode version = dataset.putObject("facets").putObject("version");
      said(version, "1-0-1", "DatasetVersionDatasetFacet")
          .put("datasetVersion", touched.digest().hex());
    }

    private ObjectNode event(String type, Instant at, String id, String job) {
      ObjectNode event = JsonNodeFactory.instance.objectNode();
      event.put("eventType", type).put("eventTime", at.toString());
      event.put("producer", PRODUCER).put("schemaURL", SCHEMA);
      event.putObject("run").put("runId", uuid(id)).putObject("facets");
      event.putObject("job").put("namespace", NAMESPACE).put("name", job).putObject("facets");
      event.putArray("inputs");
      event.putArray("outputs");
      events.add(event);
      return event;
    }

    /** OpenLineage wants UUIDs; the same run has the same one each time. */
    private static String uuid(String id) {
      return UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private static ObjectNode facet(
        ObjectNode event, String of, String key, String version, String name) {
      ObjectNode facet = ((ObjectNode) event.path(of).path("facets")).putObject(key);
      return said(facet, version, name);
    }

    private static ObjectNode said(ObjectNode facet, String version, String name) {
      return facet
          .put("_producer", PRODUCER)
          .put(
              "_schemaURL",
              "https://openlineage.io/spec/facets/%s/%s.json#/$defs/%s"
                  .formatted(version, name, name));
    }
  }
}
