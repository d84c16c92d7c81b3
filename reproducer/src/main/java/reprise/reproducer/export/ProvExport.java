package reprise.reproducer.export;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import reprise.ledger.Reproduction;
import reprise.ledger.Run;
import reprise.ledger.Step;
import reprise.ledger.Verdict;
import reprise.reproducer.evidence.Evidence;

/** PROV-JSON: steps are activities, versions of files entities, the kernel an agent. */
final class ProvExport implements Export {
  @Override
  public List<String> write(Evidence evidence, ExportOrder order) throws IOException {
    try (Draft draft = Draft.file(order)) {
      String json = new Document(evidence.run(), evidence.reproductions()).json();
      Files.writeString(draft.path(), json + "\n");
      draft.finish();
      return List.of();
    }
  }

  /** One document on its way. */
  private static final class Document {
    private static final String NAMESPACE = "urn:reprise:";

    private final ObjectNode json = JsonNodeFactory.instance.objectNode();
    private final Run run;
    private final Map<Integer, Verdict> verdicts = new HashMap<>();
    private final List<Reproduction> reproductions;
    private int relations;

    Document(Run run, List<Reproduction> reproductions) {
      this.run = run;
      this.reproductions = reproductions;
      if (!reproductions.isEmpty()) {
        reproductions.get(0).verdicts().forEach(it -> verdicts.put(it.step(), it.verdict()));
      }
    }

    String json() {
      json.putObject("prefix").put("reprise", NAMESPACE);
      add("agent", "kernel")
          .put("prov:label", run.kernel())
          .putObject("prov:type")
          .put("$", "prov:SoftwareAgent")
          .put("type", "prov:QUALIFIED_NAME");
      Touched.all(run)
          .forEach(
              it ->
                  add("entity", entity(it))
                      .put("prov:label", it.path())
                      .put("reprise:sha256", it.digest().hex())
                      .put("reprise:size", it.size()));
      Step before = null;
      for (Step step : run.history()) {
        add(step);
        if (before != null) {
          relation("wasInformedBy")
              .put("prov:informed", activity(step))
              .put("prov:informant", activity(before));
        }
        before = step;
      }
      reproductions.forEach(this::add);
      return json.toPrettyString();
    }

    private void add(Step step) {
      ObjectNode activity = add("activity", "step-" + step.step());
      long took = Objects.requireNonNullElse(step.tookNanos(), 0L);
      activity.put("prov:startTime", step.startedAt().toString());
      activity.put("prov:endTime", step.startedAt().plusNanos(took).toString());
      activity.put("prov:label", "step %d of %s".formatted(step.step(), run.run()));
      activity.put("reprise:cell", step.cell()).put("reprise:source", step.source());
      Verdict verdict = verdicts.get(step.step());
      if (verdict != null) {
        activity.put("reprise:verdict", verdict.name());
      }
      relation("wasAssociatedWith")
          .put("prov:activity", activity(step))
          .put("prov:agent", "reprise:kernel");
      for (Touched input : Touched.inputs(step)) {
        relation("used")
            .put("prov:activity", activity(step))
            .put("prov:entity", "reprise:" + entity(input));
      }
      for (Touched output : Touched.outputs(step)) {
        relation("wasGeneratedBy")
            .put("prov:entity", "reprise:" + entity(output))
            .put("prov:activity", activity(step));
      }
    }

    private void add(Reproduction it) {
      add("entity", "reproduction-" + it.at().toEpochMilli())
          .put("prov:label", "replay of " + it.run())
          .put("reprise:verdict", it.verdict().name());
    }

    private static String entity(Touched touched) {
      return touched.name().replace('/', '-');
    }

    private static String activity(Step step) {
      return "reprise:step-" + step.step();
    }

    private ObjectNode add(String kind, String id) {
      return json.withObjectProperty(kind).putObject("reprise:" + id);
    }

    private ObjectNode relation(String kind) {
      relations++;
      return json.withObjectProperty(kind).putObject("_:r" + relations);
    }
  }
}
