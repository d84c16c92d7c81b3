package reprise.reproducer.export;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import reprise.ledger.Digest;
import reprise.ledger.Outcome;
import reprise.ledger.Parameter;
import reprise.ledger.Reproduction;
import reprise.ledger.Run;
import reprise.ledger.Step;

/**
 * The metadata of a Provenance Run Crate 0.5. The notebook in the order of its steps is the
 * workflow, a cell's source a tool, a step the action that executes it, and each replay an
 * assessment of the run.
 */
final class Crate {
  static final String METADATA = "ro-crate-metadata.json";
  static final String VERDICTS = "reproductions.json";

  private static final List<String> PROFILES =
      List.of(
          "https://w3id.org/ro/wfrun/process/0.5",
          "https://w3id.org/ro/wfrun/workflow/0.5",
          "https://w3id.org/ro/wfrun/provenance/0.5",
          "https://w3id.org/workflowhub/workflow-ro-crate/1.0");

  private final Run run;
  private final List<Reproduction> reproductions;
  private final Set<Touched> here;
  private final Map<String, ObjectNode> graph = new LinkedHashMap<>();

  /**
   * @param here the data whose bytes lie in the crate
   */
  Crate(Run run, List<Reproduction> reproductions, Set<Touched> here) {
    this.run = run;
    this.reproductions = reproductions;
    this.here = here;
  }

  /** The file of the notebook in the crate. */
  static String workflow(Run run) {
    return run.experiment().value().replaceAll("[^A-Za-z0-9._-]", "_") + ".ipynb";
  }

  /** The file of some data in the crate. */
  static String file(Touched touched) {
    return "data/" + touched.name();
  }

  String json() {
    describe();
    root();
    workflow();
    parameters();
    run.history().forEach(this::step);
    engine();
    whole();
    for (int i = 0; i < reproductions.size(); i++) {
      reproduction(reproductions.get(i), "#reproduction-" + (i + 1));
    }
    Touched.all(run).forEach(this::data);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putArray("@context")
        .add("https://w3id.org/ro/crate/1.1/context")
        .add("https://w3id.org/ro/terms/workflow-run/context");
    json.putArray("@graph").addAll(graph.values());
    return json.toPrettyString();
  }

  private ObjectNode entity(String id, String... types) {
    ObjectNode entity = JsonNodeFactory.instance.objectNode().put("@id", id);
    if (types.length == 1) {
      entity.put("@type", types[0]);
    } else {
      ArrayNode all = entity.putArray("@type");
      List.of(types).forEach(all::add);
    }
    graph.put(id, entity);
    return entity;
  }

  private static void refer(ObjectNode from, String property, Collection<String> ids) {
    if (!ids.isEmpty()) {
      ArrayNode all = from.putArray(property);
      ids.forEach(id -> all.addObject().put("@id", id));
    }
  }

  private static void refer(ObjectNode from, String property, String id) {
    from.putObject(property).put("@id", id);
  }

  private void describe() {
    ObjectNode descriptor = entity(METADATA, "CreativeWork");
    refer(descriptor, "about", "./");
    refer(
        descriptor,
        "conformsTo",
        List.of("https://w3id.org/ro/crate/1.1", PROFILES.get(PROFILES.size() - 1)));
    for (String profile : PROFILES) {
      String[] parts = profile.split("/", -1);
      entity(profile, "CreativeWork")
          .put("name", "%s profile of RO-Crate".formatted(parts[parts.length - 2]))
          .put("version", parts[parts.length - 1]);
    }
  }

  private void root() {
    ObjectNode root = entity("./", "Dataset");
    root.put("name", "%s, %s".formatted(run.experiment(), run.run()));
    root.put(
        "description",
        "A run of the Java notebook %s with its data, recorded by Reprise, and what came of its replays."
            .formatted(run.experiment()));
    root.put("datePublished", end().toString());
    refer(root, "license", "#license");
    entity("#license", "CreativeWork")
        .put("name", "No licence was recorded")
        .put("description", "Ask the author before you use what is in this crate.");
    refer(root, "conformsTo", PROFILES);
    refer(root, "mainEntity", workflow(run));
    Set<String> mentioned = new LinkedHashSet<>(List.of("#run", "#organize"));
    for (int i = 0; i < reproductions.size(); i++) {
      mentioned.add("#reproduction-" + (i + 1));
    }
    refer(root, "mentions", mentioned);
    Set<String> parts = new LinkedHashSet<>(List.of(workflow(run), VERDICTS));
    Touched.all(run).stream().filter(here::contains).map(Crate::file).forEach(parts::add);
    refer(root, "hasPart", parts);
  }

  private Instant end() {
    return Objects.requireNonNullElse(run.endedAt(), run.startedAt());
  }

  private void workflow() {
    ObjectNode workflow =
        entity(workflow(run), "File", "SoftwareSourceCode", "ComputationalWorkflow", "HowTo");
    workflow.put("name", run.experiment().value());
    workflow.put("encodingFormat", "application/x-ipynb+json");
    refer(workflow, "programmingLanguage", "#java");
    entity("#java", "ComputerLanguage")
        .put("name", "Java")
        .put("version", run.environment().jdk().version())
        .put("url", "https://www.java.com");
    refer(workflow, "hasPart", run.history().stream().map(Crate::tool).distinct().toList());
    refer(workflow, "step", run.history().stream().map(Crate::howTo).toList());
    refer(workflow, "input", latest().keySet().stream().map(Crate::formal).toList());
    entity(VERDICTS, "File")
        .put("name", "What came of replays")
        .put("encodingFormat", "application/json");
  }

  private static String tool(Step step) {
    return "#cell-" + Digest.of(step.source()).hex().substring(0, 16);
  }

  private static String howTo(Step step) {
    return "#step-" + step.step();
  }

  private static String execution(Step step) {
    return "#execution-" + step.step();
  }

  private static String control(Step step) {
    return "#control-" + step.step();
  }

  private static String formal(String parameter) {
    return "#parameter-" + parameter;
  }

  private static String actual(String parameter) {
    return "#value-" + parameter;
  }

  private Map<String, Parameter> latest() {
    Map<String, Parameter> latest = new TreeMap<>();
    run.history().forEach(step -> step.parameters().forEach(it -> latest.put(it.name(), it)));
    return latest;
  }

  private void parameters() {
    latest()
        .forEach(
            (name, parameter) -> {
              entity(formal(name), "FormalParameter")
                  .put("name", name)
                  .put("additionalType", type(parameter.type()));
              ObjectNode value = entity(actual(name), "PropertyValue");
              value.put("name", name).put("value", parameter.value());
              refer(value, "exampleOfWork", formal(name));
            });
  }

  private static String type(String java) {
    return switch (java) {
      case "int", "long", "short", "byte", "Integer", "Long", "BigInteger" -> "Integer";
      case "double", "float", "Double", "Float", "BigDecimal" -> "Float";
      case "boolean", "Boolean" -> "Boolean";
      default -> "Text";
    };
  }

  private void step(Step step) {
    ObjectNode howTo = entity(howTo(step), "HowToStep");
    howTo.put("position", String.valueOf(step.step()));
    refer(howTo, "workExample", tool(step));
    entity(tool(step), "SoftwareSourceCode")
        .put("name", "cell " + step.cell())
        .put("identifier", Digest.of(step.source()).hex())
        .put("text", step.source());
    ObjectNode execution = entity(execution(step), "CreateAction");
    execution.put("name", "step " + step.step());
    refer(execution, "instrument", tool(step));
    execution.put("startTime", step.startedAt().toString());
    long took = Objects.requireNonNullElse(step.tookNanos(), 0L);
    execution.put("endTime", step.startedAt().plusNanos(took).toString());
    refer(execution, "object", Touched.inputs(step).stream().map(this::id).toList());
    refer(execution, "result", Touched.outputs(step).stream().map(this::id).toList());
    status(execution, step.outcome() instanceof Outcome.Succeeded);
    if (step.outcome() instanceof Outcome.Failed failed) {
      execution.put("error", failed.exception() + ": " + failed.message());
    }
    ObjectNode control = entity(control(step), "ControlAction");
    control.put("name", "step %d is executed".formatted(step.step()));
    refer(control, "instrument", howTo(step));
    refer(control, "object", execution(step));
  }

  private static void status(ObjectNode action, boolean fine) {
    refer(
        action,
        "actionStatus",
        "http://schema.org/" + (fine ? "CompletedActionStatus" : "FailedActionStatus"));
  }

  /** The kernel that executed the cells in their order. */
  private void engine() {
    entity("#engine", "SoftwareApplication").put("name", run.kernel());
    ObjectNode organize = entity("#organize", "OrganizeAction");
    organize.put("name", "the session " + run.session());
    refer(organize, "instrument", "#engine");
    refer(organize, "object", run.history().stream().map(Crate::control).toList());
    refer(organize, "result", "#run");
  }

  private void whole() {
    ObjectNode whole = entity("#run", "CreateAction");
    whole.put("name", run.run().value());
    refer(whole, "instrument", workflow(run));
    whole.put("startTime", run.startedAt().toString()).put("endTime", end().toString());
    Set<String> objects = new LinkedHashSet<>();
    Touched.from(run, true).forEach(it -> objects.add(id(it)));
    latest().keySet().forEach(name -> objects.add(actual(name)));
    refer(whole, "object", objects);
    refer(whole, "result", Touched.from(run, false).stream().map(this::id).toList());
    Map<String, String> variables = new TreeMap<>(run.environment().variables());
    refer(
        whole,
        "environment",
        variables.keySet().stream().map(name -> "#variable-" + name).toList());
    variables.forEach(
        (name, value) ->
            entity("#variable-" + name, "PropertyValue").put("name", name).put("value", value));
    status(whole, run.history().stream().allMatch(it -> it.outcome() instanceof Outcome.Succeeded));
  }

  private void reproduction(Reproduction it, String id) {
    ObjectNode assessed = entity(id, "AssessAction");
    assessed.put("name", "replay: " + it.verdict());
    if (it.why() != null) {
      assessed.put("description", it.why());
    }
    assessed.put("endTime", it.at().toString());
    refer(assessed, "object", "#run");
    refer(assessed, "instrument", "#reproducer");
    entity("#reproducer", "SoftwareApplication").put("name", "reprise 0.1.0");
    Set<String> results = new LinkedHashSet<>(List.of(VERDICTS, id + "-verdict"));
    it.verdicts().forEach(step -> results.add(id + "-step-" + step.step()));
    refer(assessed, "result", results);
    entity(id + "-verdict", "PropertyValue")
        .put("name", "verdict")
        .put("value", it.verdict().name());
    it.verdicts()
        .forEach(
            step ->
                entity(id + "-step-" + step.step(), "PropertyValue")
                    .put("name", "verdict of step " + step.step())
                    .put("value", step.verdict().name()));
  }

  private String id(Touched touched) {
    return here.contains(touched) ? file(touched) : "#data-" + touched.name();
  }

  private void data(Touched touched) {
    boolean isHere = here.contains(touched);
    ObjectNode data = entity(id(touched), isHere ? "File" : "CreativeWork");
    data.put("name", touched.path()).put("alternateName", touched.file());
    data.put("contentSize", String.valueOf(touched.size()));
    data.put("sha256", touched.digest().hex());
    if (!isHere) {
      data.put("description", "The bytes were not kept.");
    }
  }
}
