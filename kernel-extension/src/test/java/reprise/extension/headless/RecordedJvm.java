package reprise.extension.headless;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import reprise.ledger.BlobFolder;
import reprise.ledger.Data;
import reprise.ledger.ExperimentName;
import reprise.ledger.Home;
import reprise.ledger.Journal;
import reprise.ledger.Notebook;
import reprise.ledger.Origin;
import reprise.ledger.Pipeline;
import reprise.ledger.Run;
import reprise.ledger.SessionId;
import reprise.ledger.Step;
import reprise.ledger.Wire;
import reprise.ledger.Workspace;

/** A JVM with the agent that executes cells, as {@code reprise run} starts it, without a server. */
final class RecordedJvm {
  private final Path folder;
  private final Path work;
  private final Path agentJar;
  private String said = "";

  /**
   * @param folder for the home and the agent; cells work in {@code work} below it
   */
  RecordedJvm(Path folder) throws IOException {
    this.folder = folder;
    this.work = Files.createDirectories(folder.resolve("work"));
    this.agentJar = folder.resolve("agent.jar");
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.put(new Attributes.Name("Premain-Class"), "reprise.extension.agent.Agent");
    main.put(new Attributes.Name("Can-Retransform-Classes"), "true");
    new JarOutputStream(Files.newOutputStream(agentJar), manifest).close();
  }

  Path work() {
    return work;
  }

  BlobFolder blobs() {
    return new BlobFolder(home().blobs());
  }

  private Home home() {
    return new Home(folder.resolve("home"));
  }

  /** What the JVM wrote outside of its cells. */
  String said() {
    return said;
  }

  /** Executes the cells and returns what was recorded of them. */
  Run run(String... cells) throws Exception {
    return run(List.of(cells), Map.of());
  }

  Run run(List<String> cells, Map<String, String> environment) throws Exception {
    SessionId session = SessionId.next(InstantSource.system(), new Random());
    List<Pipeline.Cell> all = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      all.add(
          new Pipeline.Cell("c" + i, i + 1, cells.get(i), List.of(), List.of(), null, List.of()));
    }
    Notebook notebook = new Notebook(work.resolve("n.ipynb").toString(), "given");
    Pipeline pipeline =
        new Pipeline(
            session,
            new ExperimentName("probes"),
            notebook,
            new Origin.Headless(),
            work.toString(),
            null,
            true,
            all);
    start(pipeline, environment);
    List<Run> runs = Run.all(Journal.read(home().journal(session)));
    assertThat(runs).as(said).hasSize(1);
    return runs.get(0);
  }

  /** Executes the cells of a run again, offline and in a workspace of their own. */
  Run replay(Run recorded) throws Exception {
    return replay(recorded, source -> source);
  }

  /** The same with other cells in place of those that were recorded. */
  Run replay(Run recorded, UnaryOperator<String> change) throws Exception {
    SessionId session = SessionId.next(InstantSource.system(), new Random());
    Workspace workspace = new Workspace(Files.createTempDirectory(folder, "replay"));
    Files.createDirectories(workspace.place(work));
    Files.createDirectories(workspace.place(Path.of(System.getProperty("java.io.tmpdir"))));
    List<Pipeline.Cell> cells = new ArrayList<>();
    for (Step step : recorded.history()) {
      List<Data> replies = step.data().stream().filter(data -> data.reply() != null).toList();
      for (Data reply : replies) {
        if (reply.keepsItsBytes()) {
          Path bytes = blobs().find(Objects.requireNonNull(reply.digest())).orElseThrow();
          workspace.inputs().keep(Files.newInputStream(bytes));
        }
      }
      cells.add(
          new Pipeline.Cell(
              step.cell(),
              step.executionCount(),
              change.apply(step.source()),
              step.tags(),
              step.inputs(),
              step.chance(),
              List.of(),
              replies,
              null,
              null));
    }
    Pipeline pipeline =
        new Pipeline(
            session,
            recorded.experiment(),
            recorded.notebook(),
            new Origin.Replay(recorded.run()),
            work.toString(),
            workspace.root().toString(),
            true,
            true,
            cells,
            Map.of());
    start(pipeline, Map.of());
    List<Run> runs = Run.all(Journal.read(home().journal(session)));
    assertThat(runs).as(said).hasSize(1);
    return runs.get(0);
  }

  private void start(Pipeline pipeline, Map<String, String> environment) throws Exception {
    Path plan = Files.writeString(folder.resolve("pipeline.json"), Wire.write(pipeline));
    Path output = folder.resolve("output.txt");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-javaagent:" + agentJar,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", // its life is too short for the second compiler
                "-cp",
                System.getProperty("java.class.path"),
                "reprise.extension.headless.Main",
                plan.toString())
            .directory(work.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("REPRISE_HOME", home().root().toString());
    builder.environment().put("REPRISE_URL", "http://127.0.0.1:1");
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().putAll(environment);
    Process process = builder.start();
    int code;
    try {
      code = process.waitFor();
    } finally {
      process.destroyForcibly(); // a test that has waited too long leaves none behind
    }
    said = Files.readString(output);
    assertThat(code).as(said).isZero();
  }
}
