package reprise.reproducer.replay;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;
import reprise.ledger.BlobFolder;
import reprise.ledger.Digest;
import reprise.ledger.Pipeline.Need;
import reprise.ledger.Run;
import reprise.ledger.Step;
import reprise.reproducer.evidence.Evidence;

/** The code files around the notebook as they were at each step, from the run's code history. */
final class CodeNeeds implements AutoCloseable {
  private static final String OURS = ".reprise/";

  private final Repository repository;
  private final Path project;
  private final BlobFolder into;
  private final Map<String, ObjectId> left = new HashMap<>();

  private CodeNeeds(Repository repository, Path project, BlobFolder into) {
    this.repository = repository;
    this.project = project;
    this.into = into;
  }

  /** Fetches the branch of the run's session. */
  static CodeNeeds fetch(Run run, Evidence evidence, BlobFolder into) throws IOException {
    Repository repository = new InMemoryRepository(new DfsRepositoryDescription("replay"));
    evidence.code(repository);
    return new CodeNeeds(repository, project(run), into);
  }

  private static Path project(Run run) {
    String notebook = run.notebook().path();
    Path folder = notebook == null ? null : Path.of(notebook).getParent();
    return folder == null ? Path.of(run.environment().workingDirectory()) : folder;
  }

  /** The files that changed since the step before; to be asked of each step once, in order. */
  List<Need> of(Step step) throws IOException {
    String commit = step.snapshot();
    if (commit == null) {
      return List.of();
    }
    List<Need> needs = new ArrayList<>();
    try (RevWalk commits = new RevWalk(repository);
        TreeWalk files = new TreeWalk(repository)) {
      files.addTree(commits.parseCommit(ObjectId.fromString(commit)).getTree());
      files.setRecursive(true);
      while (files.next()) {
        String path = files.getPathString();
        ObjectId blob = files.getObjectId(0);
        if (!path.startsWith(OURS) && !blob.equals(left.put(path, blob))) {
          needs.add(new Need(project.resolve(path).toString(), keep(blob)));
        }
      }
    }
    return needs;
  }

  /** A file of the project as it was at a step; null if it is not in the history. */
  byte @Nullable [] file(Step step, Path place) throws IOException {
    String commit = step.snapshot();
    if (commit == null || !place.startsWith(project)) {
      return null;
    }
    try (RevWalk commits = new RevWalk(repository);
        TreeWalk found =
            TreeWalk.forPath(
                repository,
                project.relativize(place).toString(),
                commits.parseCommit(ObjectId.fromString(commit)).getTree())) {
      return found == null ? null : repository.open(found.getObjectId(0)).getBytes();
    }
  }

  private Digest keep(ObjectId blob) throws IOException {
    return into.keep(new ByteArrayInputStream(repository.open(blob).getBytes()));
  }

  @Override
  public void close() {
    repository.close();
  }
}
