package reprise.extension.snapshot;

import java.io.Closeable;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.PushResult;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;
import org.jspecify.annotations.Nullable;
import reprise.ledger.ExperimentName;
import reprise.ledger.SessionId;
import reprise.ledger.TrackingClient;

/**
 * One commit for each step: the code files around the notebook as they were, and under {@code
 * .reprise/steps} the source of every step so far. The repository is bare and stands in Reprise's
 * home, never in the user's own; each session has a branch that begins at the tip of the one
 * before. All work is done on a thread of its own, in order.
 */
public final class CodeHistory implements Closeable {
  /** Cells that follow each other quickly need the processors more than their commits do. */
  private static final long QUIET_MILLIS_BEFORE_COMMIT = 300;

  /** A session's first cell wakes up the compiler, and git is as much again. */
  private static final long QUIET_MILLIS_BEFORE_FIRST = 1_500;

  private static final int MOST_UNCOMMITTED = 200;
  private static final long QUIET_MILLIS_BEFORE_PUSH = 700;
  private static final long MILLIS_BETWEEN_ATTEMPTS = 15_000;
  private static final int MOST_ATTEMPTS_AT_THE_END = 6;

  private final Path folder;
  private final ExperimentName experiment;
  private final String branch;
  private final ProjectFiles project;
  private final Masking mask;
  private final TrackingClient server;
  private final InstantSource clock;
  private final ScheduledExecutorService worker;
  private final Map<String, ObjectId> steps = new TreeMap<>();
  private final Map<String, Seen> seen = new HashMap<>();
  private final Map<String, ObjectId> stored = new HashMap<>();
  private final List<Uncommitted> uncommitted = new ArrayList<>();
  private @Nullable ScheduledFuture<?> write;
  private @Nullable Repository repository;
  private @Nullable ObjectId tip;
  private @Nullable ScheduledFuture<?> push;

  /**
   * A step whose commit waits for a quiet moment.
   *
   * @param files by path the bytes of those that have changed since the step before; null for those
   *     that have not
   */
  private record Uncommitted(
      int step, String source, Map<String, byte @Nullable []> files, Consumer<String> committed) {}

  /** What a file may be kept as. */
  @FunctionalInterface
  public interface Masking {
    byte[] masked(String path, byte[] bytes);
  }

  /** A file as it was when it was last looked at. */
  private record Seen(long size, FileTime modified) {}

  /**
   * Opens the history of {@code experiment}; touches no file yet.
   *
   * @param repositories the folder of all histories, see {@link reprise.ledger.Home#code}
   * @param project the folder whose code belongs to the notebook
   * @param mask takes the secrets out of files; the source of steps comes without any
   * @param server where the history is pushed to in the background
   */
  public CodeHistory(
      Path repositories,
      ExperimentName experiment,
      SessionId session,
      Path project,
      Masking mask,
      TrackingClient server,
      InstantSource clock) {
    this.folder = repositories.resolve(experiment + ".git");
    this.experiment = experiment;
    this.branch = Constants.R_HEADS + session;
    this.project = new ProjectFiles(project);
    this.mask = mask;
    this.server = server;
    this.clock = clock;
    ScheduledThreadPoolExecutor single =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "reprise-history");
              thread.setDaemon(true);
              return thread;
            });
    single.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    this.worker = single;
  }

  /**
   * Looks at the code as it is now, and commits it when no cell has followed for a moment.
   *
   * @param committed given the commit's name, on the history's thread; not called if the code could
   *     not be kept
   */
  public void commit(int step, String source, Consumer<String> committed) {
    worker.execute(
        () -> {
          uncommitted.add(new Uncommitted(step, source, look(), committed));
          ScheduledFuture<?> before = write;
          if (before != null) {
            before.cancel(false);
          }
          if (uncommitted.size() >= MOST_UNCOMMITTED) {
            writeAll();
          } else {
            write =
                worker.schedule(
                    this::writeAll,
                    repository == null ? QUIET_MILLIS_BEFORE_FIRST : QUIET_MILLIS_BEFORE_COMMIT,
                    TimeUnit.MILLISECONDS);
          }
        });
  }

  private Map<String, byte @Nullable []> look() {
    Map<String, byte @Nullable []> files = new TreeMap<>();
    try {
      for (Map.Entry<String, Path> file : project.now().entrySet()) {
        files.put(file.getKey(), changed(file.getKey(), file.getValue()));
      }
    } catch (IOException e) {
      // what could not be looked at is missing from this commit
    }
    return files;
  }

  private byte @Nullable [] changed(String path, Path file) throws IOException {
    Seen now = new Seen(Files.size(file), Files.getLastModifiedTime(file));
    return now.equals(seen.put(path, now)) ? null : Files.readAllBytes(file);
  }

  private void writeAll() {
    for (Uncommitted next : uncommitted) {
      try {
        next.committed().accept(commit(next).name());
      } catch (IOException | RuntimeException e) {
        // the step's own source stands in the journal; the run shows that it has no snapshot
      }
    }
    uncommitted.clear();
    schedulePush(QUIET_MILLIS_BEFORE_PUSH);
  }

  private ObjectId commit(Uncommitted next) throws IOException {
    Repository git = open();
    try (ObjectInserter inserter = git.newObjectInserter()) {
      byte[] text = next.source().getBytes(StandardCharsets.UTF_8);
      steps.put(
          ".reprise/steps/%05d.java".formatted(next.step()),
          inserter.insert(Constants.OBJ_BLOB, text));
      CommitBuilder commit = new CommitBuilder();
      commit.setTreeId(tree(next, inserter));
      if (tip != null) {
        commit.setParentId(tip);
      }
      PersonIdent author =
          new PersonIdent("Reprise", "reprise@localhost", clock.instant(), ZoneOffset.UTC);
      commit.setAuthor(author);
      commit.setCommitter(author);
      commit.setMessage("Step " + next.step() + "\n\n" + firstLine(next.source()) + "\n");
      ObjectId name = inserter.insert(commit);
      inserter.flush();
      move(git, name);
      tip = name;
      return name;
    }
  }

  private static String firstLine(String source) {
    return source.strip().lines().findFirst().orElse("(empty)");
  }

  private ObjectId tree(Uncommitted next, ObjectInserter inserter) throws IOException {
    Map<String, ObjectId> all = new TreeMap<>(steps);
    for (Map.Entry<String, byte @Nullable []> file : next.files().entrySet()) {
      byte[] bytes = file.getValue();
      if (bytes != null) {
        byte[] kept = mask.masked(file.getKey(), bytes);
        stored.put(file.getKey(), inserter.insert(Constants.OBJ_BLOB, kept));
      }
      ObjectId blob = stored.get(file.getKey());
      if (blob != null) {
        all.put(file.getKey(), blob);
      }
    }
    DirCache index = DirCache.newInCore();
    DirCacheBuilder builder = index.builder();
    all.forEach(
        (path, blob) -> {
          DirCacheEntry entry = new DirCacheEntry(path);
          entry.setFileMode(FileMode.REGULAR_FILE);
          entry.setObjectId(blob);
          builder.add(entry);
        });
    builder.finish();
    return index.writeTree(inserter);
  }

  private void move(Repository git, ObjectId to) throws IOException {
    RefUpdate update = git.updateRef(branch);
    update.setNewObjectId(to);
    update.disableRefLog();
    RefUpdate.Result result = update.update();
    if (result != RefUpdate.Result.NEW && result != RefUpdate.Result.FAST_FORWARD) {
      throw new IOException("the code history's branch could not be moved: " + result);
    }
  }

  private Repository open() throws IOException {
    Repository there = repository;
    if (there != null) {
      return there;
    }
    PlainGit.use();
    Repository git = new FileRepositoryBuilder().setGitDir(folder.toFile()).setBare().build();
    if (!git.getObjectDatabase().exists()) {
      git.create(true);
    }
    tip = git.resolve(Constants.HEAD);
    RefUpdate head = git.updateRef(Constants.HEAD);
    head.disableRefLog();
    head.link(branch); // another kernel at the same instant may win; then the tip is a sibling's
    repository = git;
    return git;
  }

  private void schedulePush(long delayMillis) {
    if (worker.isShutdown()) {
      return; // the last attempt is next
    }
    ScheduledFuture<?> before = push;
    if (before != null) {
      before.cancel(false);
    }
    push = worker.schedule(this::push, delayMillis, TimeUnit.MILLISECONDS);
  }

  private void push() {
    try {
      if (!pushed()) {
        schedulePush(QUIET_MILLIS_BEFORE_PUSH);
      }
    } catch (IOException | URISyntaxException | RuntimeException e) {
      schedulePush(MILLIS_BETWEEN_ATTEMPTS);
    }
  }

  private void pushLast() {
    try {
      for (int attempt = 1; attempt < MOST_ATTEMPTS_AT_THE_END && !pushed(); attempt++) {
        TimeUnit.MILLISECONDS.sleep(attempt * 100L);
      }
    } catch (IOException | URISyntaxException | RuntimeException e) {
      // there is no server; the next kernel of the experiment pushes these branches too
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Pushes all branches, not only this session's: an earlier one may have ended without a server.
   *
   * @return false if another kernel, which does the same, came in between with ours
   */
  private boolean pushed() throws IOException, URISyntaxException {
    Repository git = repository;
    if (git == null) {
      return true;
    }
    String url = server.server() + "/git/" + TrackingClient.encoded(experiment.value()) + ".git";
    try (Transport transport = Transport.open(git, new URIish(url))) {
      transport.setCredentialsProvider(
          new UsernamePasswordCredentialsProvider("reprise", server.token()));
      transport.setTimeout(30);
      PushResult result =
          transport.push(
              NullProgressMonitor.INSTANCE,
              transport.findRemoteRefUpdatesFor(
                  List.of(new RefSpec(Constants.R_HEADS + "*:" + Constants.R_HEADS + "*"))));
      return hasArrived(result.getRemoteUpdate(branch));
    }
  }

  private static boolean hasArrived(@Nullable RemoteRefUpdate update) {
    return update == null // nothing was committed yet
        || update.getStatus() == RemoteRefUpdate.Status.OK
        || update.getStatus() == RemoteRefUpdate.Status.UP_TO_DATE;
  }

  /** Waits for commits under way and tries once more to push. */
  @Override
  public void close() {
    worker.execute(this::writeAll);
    worker.execute(this::pushLast);
    worker.shutdown();
    try {
      if (!worker.awaitTermination(10, TimeUnit.SECONDS)) {
        worker.shutdownNow();
      }
    } catch (InterruptedException e) {
      worker.shutdownNow();
      Thread.currentThread().interrupt();
    }
    Repository git = repository;
    if (git != null) {
      git.close();
    }
  }
}
