package reprise.extension.session;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import reprise.extension.capture.Recording;
import reprise.ledger.Notebook;
import reprise.ledger.Origin;
import reprise.ledger.SessionId;

/**
 * How the recording of a Jupyter session begins.
 *
 * @param connectionFile what Jupyter gave the kernel
 * @param environment of this process
 * @param kernel name and version
 * @param classPath what notebook code sees from the start
 * @param ours jars and folders that are no data
 */
public record Beginning(
    Path connectionFile,
    Map<String, String> environment,
    String kernel,
    List<Path> classPath,
    List<Path> ours) {

  /**
   * Begins.
   *
   * @param complaint takes a sentence for the person
   */
  public Recording recording(Consumer<String> complaint) throws IOException {
    Path directory = Path.of("").toAbsolutePath();
    Notebook notebook = new NotebookFinder(environment, directory, connectionFile).find();
    return Recording.begin(
        new Recording.Plan(
            environment,
            SessionId.next(InstantSource.system(), new SecureRandom()),
            notebook,
            notebook.experiment(),
            new Origin.Interactive(),
            kernel,
            classPath,
            ours,
            true,
            true,
            Map.of(),
            UnaryOperator.identity(),
            null,
            complaint));
  }
}
