package reprise.reproducer.cause;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.api.errors.JGitInternalException;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Data;
import reprise.ledger.Digest;
import reprise.ledger.Explanation;
import reprise.ledger.Run;
import reprise.ledger.Step;
import reprise.ledger.Wire;
import reprise.reproducer.evidence.Evidence;

/** The code files around the notebook that the other run found otherwise. */
final class CodeFactors {
  private static final String OURS = ".reprise/";

  private final Map<Digest, byte[]> bytes = new HashMap<>();

  /** The bytes of the other run's files, which are in its code history and no blobs. */
  Map<Digest, byte[]> bytes() {
    return bytes;
  }

  /**
   * One for each file.
   *
   * @param last the last step of each that is of interest
   * @param without paths of which the record of data speaks
   */
  List<Factor> between(
      Evidence base, Step last, Evidence other, Step otherLast, Set<String> without) {
    String ours = last.snapshot();
    String theirs = otherLast.snapshot();
    if (ours == null || theirs == null) {
      return List.of();
    }
    List<Factor> factors = new ArrayList<>();
    try (Repository both = new InMemoryRepository(new DfsRepositoryDescription("causes"));
        RevWalk commits = new RevWalk(both);
        TreeWalk files = new TreeWalk(both)) {
      base.code(both);
      other.code(both);
      files.addTree(commits.parseCommit(ObjectId.fromString(ours)).getTree());
      files.addTree(commits.parseCommit(ObjectId.fromString(theirs)).getTree());
      files.setRecursive(true);
      files.setFilter(TreeFilter.ANY_DIFF);
      while (files.next()) {
        String name = files.getPathString();
        String path = project(base.run()).resolve(name).toString();
        if (isCode(name) && !without.contains(path) && files.getFileMode(1).getBits() != 0) {
          byte[] content = both.open(files.getObjectId(1)).getBytes();
          factors.add(factor(path, content, base.run()));
        }
      }
    } catch (IOException | JGitInternalException e) {
      return List.of(); // the history is away; what else differs is searched all the same
    }
    return factors;
  }

  /** The notebook itself is executed as it was recorded, cell by cell. */
  private static boolean isCode(String name) {
    return !name.startsWith(OURS) && !name.endsWith(".ipynb");
  }

  private Factor factor(String path, byte[] content, Run base) {
    Digest digest = Digest.of(content);
    bytes.put(digest, content);
    return new Factor(
        Children.name(path, base.history())
            ? Explanation.Factor.CHILD_PROCESS
            : Explanation.Factor.CODE,
        path,
        draft -> {
          Data found = new Data(Data.Direction.READ, path, content.length, digest, null);
          ObjectNode first = draft.step(draft.present().get(0));
          ArrayNode data = first.arrayNode().add(Wire.JSON.valueToTree(found));
          first.path("data").forEach(data::add);
          first.set("data", data);
        });
  }

  private static Path project(Run run) {
    @Nullable String notebook = run.notebook().path();
    Path folder = notebook == null ? null : Path.of(notebook).getParent();
    return folder == null ? Path.of(run.environment().workingDirectory()) : folder;
  }
}
