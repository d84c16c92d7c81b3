package reprise.server.git;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import org.eclipse.jgit.errors.RepositoryNotFoundException;
import org.eclipse.jgit.http.server.GitServlet;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryCache.FileKey;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.util.FS;
import reprise.ledger.ExperimentName;

/**
 * The code histories of all experiments, one bare repository each, for any git client. A history
 * only ever grows: nothing that a run refers to can be pushed away.
 */
public final class CodeHistories {
  private static final String SUFFIX = ".git";

  private final Path root;

  private CodeHistories(Path root) {
    this.root = root;
  }

  /** A servlet for {@code /git/*} over the repositories in {@code root}. */
  public static HttpServlet servlet(Path root) throws IOException {
    Files.createDirectories(root);
    CodeHistories histories = new CodeHistories(root);
    GitServlet servlet = new GitServlet();
    servlet.setRepositoryResolver(histories::open);
    servlet.setReceivePackFactory((request, repository) -> receiving(repository));
    return servlet;
  }

  private Repository open(HttpServletRequest request, String spoken)
      throws RepositoryNotFoundException {
    Path folder = folder(spoken);
    try {
      if (!FileKey.isGitRepository(folder.toFile(), FS.DETECTED)) {
        if (!isPush(request)) {
          throw new RepositoryNotFoundException(spoken);
        }
        create(folder);
      }
      return FileKey.exact(folder.toFile(), FS.DETECTED).open(true);
    } catch (RepositoryNotFoundException e) {
      throw e;
    } catch (IOException e) {
      throw new RepositoryNotFoundException(spoken, e);
    }
  }

  /** Only what can name an experiment can name a folder here. */
  private Path folder(String spoken) throws RepositoryNotFoundException {
    String name =
        spoken.endsWith(SUFFIX) ? spoken.substring(0, spoken.length() - SUFFIX.length()) : spoken;
    try {
      return root.resolve(new ExperimentName(name) + SUFFIX);
    } catch (IllegalArgumentException e) {
      throw new RepositoryNotFoundException(spoken, e);
    }
  }

  private static boolean isPush(HttpServletRequest request) {
    return "git-receive-pack".equals(request.getParameter("service"))
        || request.getRequestURI().toLowerCase(Locale.ROOT).endsWith("/git-receive-pack");
  }

  private static synchronized void create(Path folder) throws IOException {
    if (FileKey.isGitRepository(folder.toFile(), FS.DETECTED)) {
      return; // another push was quicker
    }
    try (Repository repository =
        new FileRepositoryBuilder().setGitDir(folder.toFile()).setBare().build()) {
      repository.create(true);
    }
  }

  private static ReceivePack receiving(Repository repository) {
    ReceivePack receiving = new ReceivePack(repository);
    receiving.setAllowNonFastForwards(false);
    receiving.setAllowDeletes(false);
    receiving.setCheckReceivedObjects(true);
    receiving.setPostReceiveHook((pack, commands) -> pointHead(repository, commands));
    return receiving;
  }

  /** A clone checks out what was worked on last. */
  private static void pointHead(Repository repository, Collection<ReceiveCommand> commands) {
    for (ReceiveCommand command : commands) {
      if (command.getResult() == ReceiveCommand.Result.OK
          && command.getRefName().startsWith(Constants.R_HEADS)) {
        pointHead(repository, command.getRefName());
      }
    }
  }

  private static void pointHead(Repository repository, String branch) {
    try {
      RefUpdate head = repository.updateRef(Constants.HEAD);
      head.disableRefLog();
      head.link(branch);
    } catch (IOException e) {
      throw new UncheckedIOException("HEAD of " + repository + " cannot be moved", e);
    }
  }
}
