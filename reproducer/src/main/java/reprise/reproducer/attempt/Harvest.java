package reprise.reproducer.attempt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import reprise.ledger.Artifact;
import reprise.ledger.Data;
import reprise.ledger.Digest;
import reprise.ledger.Run;
import reprise.ledger.Step;
import reprise.ledger.Workspace;

/** The files that a run leaves behind in its workspace. */
record Harvest(Workspace workspace, Path folder) {

  /** Moves them to the folder, and says which they are. */
  List<Artifact> of(Run run) throws IOException {
    Path directory = Path.of(run.environment().workingDirectory());
    List<Artifact> artifacts = new ArrayList<>();
    Files.createDirectories(folder);
    for (String path : written(run)) {
      Path place = workspace.place(Path.of(path));
      if (Files.isRegularFile(place)) { // else a later step, or the cell itself, took it away
        artifacts.add(take(place, name(Path.of(path), directory)));
      }
    }
    return artifacts;
  }

  private Artifact take(Path place, String name) throws IOException {
    Artifact artifact = new Artifact(name, Files.size(place), Digest.of(place));
    Path target = artifact.in(folder);
    Files.createDirectories(target.resolveSibling(""));
    Files.move(place, target);
    return artifact;
  }

  private static String name(Path path, Path directory) {
    return path.startsWith(directory) ? directory.relativize(path).toString() : path.toString();
  }

  private static Set<String> written(Run run) {
    Set<String> written = new LinkedHashSet<>();
    for (Step step : run.history()) {
      for (Data data : step.data()) {
        if (data.direction() == Data.Direction.WRITTEN) {
          written.add(data.path());
        }
      }
    }
    return written;
  }
}
