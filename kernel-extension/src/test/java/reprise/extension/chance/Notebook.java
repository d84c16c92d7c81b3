package reprise.extension.chance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;
import reprise.extension.agent.Agent;
import reprise.ledger.BlobFolder;
import reprise.ledger.Chance;
import reprise.ledger.ExperimentName;
import reprise.ledger.Home;
import reprise.ledger.Journal;
import reprise.ledger.Origin;
import reprise.ledger.Outcome;
import reprise.ledger.Output;
import reprise.ledger.Pipeline;
import reprise.ledger.Run;
import reprise.ledger.SessionId;
import reprise.ledger.Step;
import reprise.ledger.Wire;

/** Cells with names, executed and recorded in a JVM of their own, as often as one likes. */
final class Notebook {
  private final Path folder;
  private final Map<String, String> cells = new LinkedHashMap<>();

  Notebook(Path folder) {
    this.folder = folder;
  }

  /** Adds the cells of a resource, in which each has its name above it. */
  Notebook cells(String resource) throws IOException {
    try (InputStream in = Notebook.class.getResourceAsStream(resource)) {
      String all = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      for (String cell : all.split("(?m)^//// ", -1)) {
        if (!cell.isEmpty()) {
          int end = cell.indexOf('\n');
          cells.put(cell.substring(0, end), cell.substring(end).strip());
        }
      }
    }
    return this;
  }

  /** What a session left behind, step by step. */
  record Session(Run run, Home home) {
    Step step(String cell) {
      return run.history().stream()
          .filter(step -> step.cell().equals(cell))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no step of cell " + cell));
    }

    /** What the cell printed; it must have succeeded. */
    String text(String cell) {
      Step step = step(cell);
      assertThat(step.outcome())
          .as(step.outputs().toString())
          .isInstanceOf(Outcome.Succeeded.class);
      StringBuilder text = new StringBuilder();
      for (Output output : step.outputs()) {
        if (output instanceof Output.Stream stream) {
          text.append(stream.text());
        } else if (output instanceof Output.Result result) {
          text.append(result.data().values());
        }
      }
      return text.toString();
    }

    @Nullable Chance chance(String cell) {
      return step(cell).chance();
    }
  }

  Session record() throws IOException, InterruptedException {
    return execute(null);
  }

  Session replay(Session before) throws IOException, InterruptedException {
    return execute(before);
  }

  private Session execute(@Nullable Session before) throws IOException, InterruptedException {
    Path home = Files.createTempDirectory(folder, "home");
    SessionId session = SessionId.next(InstantSource.system(), new Random());
    Path order = home.resolve("order.json");
    Pipeline pipeline =
        new Pipeline(
            session,
            new ExperimentName("chance"),
            new reprise.ledger.Notebook(null, "a test"),
            new Origin.Headless(),
            folder.toString(),
            null,
            true,
            cells(before));
    Files.writeString(order, Wire.write(pipeline));
    Path said = home.resolve("said.txt");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-javaagent:" + agentJar(),
                "-XX:TieredStopAtLevel=1", // its life is too short for the second compiler
                "-cp",
                System.getProperty("java.class.path"),
                "reprise.extension.headless.Main",
                order.toString())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile());
    builder.environment().put("REPRISE_HOME", home.toString());
    builder.environment().put("REPRISE_URL", "http://127.0.0.1:1");
    assertThat(builder.start().waitFor()).as(Files.readString(said)).isZero();
    Home kept = new Home(home);
    List<Run> runs = Run.all(Journal.read(kept.journal(session)));
    return new Session(runs.get(runs.size() - 1), kept);
  }

  private List<Pipeline.Cell> cells(@Nullable Session before) throws IOException {
    List<Pipeline.Cell> executed = new ArrayList<>();
    for (Map.Entry<String, String> cell : cells.entrySet()) {
      executed.add(
          new Pipeline.Cell(
              cell.getKey(),
              executed.size() + 1,
              cell.getValue(),
              List.of(),
              List.of(),
              before == null ? null : atHand(before, before.chance(cell.getKey())),
              List.of()));
    }
    return executed;
  }

  private static @Nullable Chance atHand(Session before, @Nullable Chance chance)
      throws IOException {
    if (chance == null || chance.kept() == null) {
      return chance;
    }
    Path blob = new BlobFolder(before.home().blobs()).find(chance.kept()).orElseThrow();
    return chance.with(Wire.read(Files.readString(blob), Chance.Readings.class));
  }

  private Path agentJar() throws IOException {
    Path jar = folder.resolve("agent.jar");
    if (Files.notExists(jar)) {
      Manifest manifest = new Manifest();
      Attributes main = manifest.getMainAttributes();
      main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
      main.put(new Attributes.Name("Premain-Class"), Agent.class.getName());
      main.put(new Attributes.Name("Can-Retransform-Classes"), "true");
      new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    }
    return jar;
  }
}
