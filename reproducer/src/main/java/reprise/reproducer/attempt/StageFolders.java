package reprise.reproducer.attempt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import reprise.ledger.Artifact;
import reprise.ledger.AttemptResult;
import reprise.ledger.Digest;
import reprise.ledger.StageResult;

/**
 * Where the stages of an attempt have their files. A file that is finished there is never changed
 * again, so several attempts may share it.
 *
 * @param attempt the attempt's own folder, beside those of all others
 */
record StageFolders(Path attempt) {

  /** What a stage has to itself. */
  Path own(int stage) {
    return attempt.resolve(StageResult.FOLDER).resolve(String.valueOf(stage));
  }

  /** What a stage made, by its place in the notebook's folder. */
  Path files(int stage) {
    return own(stage).resolve("files");
  }

  /**
   * Takes what a stage of another attempt made as that of one here; false if not all of it is left.
   */
  boolean takeOver(StageResult other, int stage) throws IOException {
    Path theirs =
        new StageFolders(attempt.resolveSibling(String.valueOf(other.attempt())))
            .files(other.stage());
    Path ours = files(stage);
    for (Artifact file : other.files()) {
      Path place = file.in(theirs);
      if (!Files.isRegularFile(place) || !Digest.of(place).equals(file.digest())) {
        return false;
      }
    }
    try {
      for (Artifact file : other.files()) {
        give(file.in(theirs), file.in(ours));
      }
      return true;
    } catch (NoSuchFileException e) {
      return false; // somebody cleans up
    }
  }

  /** Nobody changes such a file in place, so a second name for it is as good as a copy. */
  private static void give(Path from, Path to) throws IOException {
    Files.createDirectories(to.resolveSibling(""));
    Files.deleteIfExists(to);
    try {
      Files.createLink(to, from);
    } catch (UnsupportedOperationException | IOException e) {
      Files.copy(from, to);
    }
  }

  /** Gives the attempt all that its stages made; of what two of them wrote, the later one's. */
  List<Artifact> gathered(List<StageResult> all) throws IOException {
    Path into = attempt.resolve(AttemptResult.ARTIFACTS);
    Files.createDirectories(into);
    Map<String, Artifact> artifacts = new LinkedHashMap<>();
    for (StageResult stage : all) {
      for (Artifact file : stage.files()) {
        give(file.in(files(stage.stage())), file.in(into));
        artifacts.put(file.path(), file);
      }
    }
    return new ArrayList<>(artifacts.values());
  }

  /** Whoever watches, or comes after a crash, reads of the stages in the attempt's folder. */
  void tell(Collection<StageResult> stages) {
    try {
      OrderedAttempt.write(attempt.resolve(StageResult.FILE), stages);
    } catch (IOException e) {
      // the disk is full; the result itself will say so
    }
  }
}
