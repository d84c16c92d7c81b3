package reprise.extension.headless;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reprise.Reprise;
import reprise.extension.agent.Agent;
import reprise.extension.agent.FileHooks;
import reprise.extension.capture.OurJars;
import reprise.extension.capture.Recording;
import reprise.extension.cell.Speech;
import reprise.extension.network.RecordedReplies;
import reprise.ledger.Home;
import reprise.ledger.Origin;
import reprise.ledger.Pipeline;
import reprise.ledger.Wire;
import reprise.ledger.Workspace;

/**
 * Executes the pipeline in the file that it is given ({@code -}: from the standard input) and ends
 * the JVM. What comes of it stands in the journal; the exit code says only whether there is one.
 * Without the agent the journal is all that is made: nothing is watched, kept or delivered.
 */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    if (arguments.length != 1) {
      System.err.println("The executor takes one pipeline file; use 'reprise run' instead.");
      System.exit(2);
    }
    Parent.watch();
    try {
      execute(Wire.read(order(arguments[0]), Pipeline.class), System.getenv());
      System.exit(0); // threads that cells have left behind do not keep a run from ending
    } catch (IOException | RuntimeException e) {
      System.err.println("The cells could not be executed: " + e.getMessage() + ".");
      System.exit(3);
    }
  }

  /**
   * A pipeline that may hold secrets comes through the standard input, and never lies in a file.
   */
  private static String order(String place) throws IOException {
    return place.equals("-")
        ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
        : Files.readString(Path.of(place));
  }

  private static void execute(Pipeline pipeline, Map<String, String> environment)
      throws IOException {
    List<Path> ours = new ArrayList<>(OurJars.now());
    pipeline.classPath().forEach(jar -> ours.add(Path.of(jar))); // no data, and no part of the work
    Redirection redirection = redirection(pipeline, Home.of(environment), ours);
    RecordedReplies replies = replies(pipeline);
    Recording recording =
        Recording.begin(
            new Recording.Plan(
                environment,
                pipeline.session(),
                pipeline.notebook(),
                pipeline.experiment(),
                pipeline.origin(),
                "reprise " + Reprise.VERSION,
                List.of(),
                ours,
                Agent.present() && !(pipeline.origin() instanceof Origin.Replay),
                Agent.present(),
                pipeline.secrets(),
                redirection == null ? UnaryOperator.identity() : redirection,
                replies,
                System.err::println));
    if (redirection != null) {
      FileHooks.install().redirect(redirection);
    }
    Speech.give(pipeline.parameters());
    new Execution(pipeline, redirection == null ? new Orders() : redirection.orders(), replies)
        .run(recording);
    recording.end("shutdown");
    if (redirection != null) {
      Parent.endChildren();
    }
  }

  /** Null where the network is within reach. */
  private static @Nullable RecordedReplies replies(Pipeline pipeline) {
    String workspace = pipeline.workspace();
    return workspace == null || !pipeline.offline()
        ? null
        : new RecordedReplies(new Workspace(Path.of(workspace)).inputs());
  }

  /** Null where cells work on the real files. */
  private static @Nullable Redirection redirection(Pipeline pipeline, Home home, List<Path> ours) {
    String workspace = pipeline.workspace();
    if (workspace == null) {
      return null;
    }
    List<Path> untouched = new ArrayList<>(ours);
    pipeline.cells().stream()
        .flatMap(cell -> Stream.ofNullable(cell.jars()))
        .flatMap(List::stream)
        .forEach(jar -> untouched.add(Path.of(jar.path())));
    return new Redirection(new Workspace(Path.of(workspace)), home, untouched);
  }
}
