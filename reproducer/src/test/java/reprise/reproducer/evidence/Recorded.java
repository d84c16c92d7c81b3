package reprise.reproducer.evidence;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TreeFormatter;
import org.jspecify.annotations.Nullable;
import reprise.ledger.BlobFolder;
import reprise.ledger.Data;
import reprise.ledger.Digest;
import reprise.ledger.Environment;
import reprise.ledger.ExperimentName;
import reprise.ledger.Jar;
import reprise.ledger.Notebook;
import reprise.ledger.Origin;
import reprise.ledger.Outcome;
import reprise.ledger.Output;
import reprise.ledger.Parameter;
import reprise.ledger.Reproduction;
import reprise.ledger.Run;
import reprise.ledger.RunEvent;
import reprise.ledger.RunId;
import reprise.ledger.SessionId;
import reprise.ledger.TrackingClient;
import reprise.ledger.Verdict;
import reprise.ledger.Wire;

/**
 * A run recorded cell by cell by a test, with its bytes in a folder and its code in a repository.
 */
public final class Recorded implements Evidence {
  public static final RunId RUN = new RunId("r-1a2b3c4d");
  public static final String WORK = "/home/ada/work";
  private static final SessionId SESSION = new SessionId("s-1a2b3c4d");
  private static final Instant AT = Instant.parse("2026-11-22T12:00:00Z");

  private final List<RunEvent> events = new ArrayList<>();
  private final List<Reproduction> reproductions = new ArrayList<>();
  private final BlobFolder blobs;
  private @Nullable ObjectId commit;
  private final List<Jar> jars = new ArrayList<>();
  private int step;

  /** One that has only begun, in a session of ours. */
  public Recorded(Path folder) {
    this.blobs = new BlobFolder(folder.resolve("recorded-blobs"));
    events.add(
        new RunEvent.SessionStarted(
            SESSION,
            1,
            AT,
            new Notebook(WORK + "/iris.ipynb", "command line"),
            "reprise 0.1.0",
            "here",
            42,
            new Environment(
                new Environment.Jdk("17.0.15", "Debian", "/usr/lib/jvm/17"),
                List.of(),
                "Linux 6.1 amd64",
                2,
                1L << 30,
                List.of(),
                "en-US",
                "UTC",
                "UTF-8",
                "\n",
                WORK,
                Map.of("LANG", "C.UTF-8"),
                null,
                null)));
    events.add(
        new RunEvent.RunOpened(
            SESSION, 2, AT, RUN, new ExperimentName("iris"), null, null, new Origin.Headless()));
  }

  /** What a cell did besides showing something. */
  public record Did(List<Data> data, List<Parameter> parameters, Outcome outcome) {
    public static final Did NOTHING = new Did(List.of(), List.of(), new Outcome.Succeeded());

    public static Did touched(Data... data) {
      return new Did(List.of(data), List.of(), new Outcome.Succeeded());
    }

    public static Did set(Parameter... parameters) {
      return new Did(List.of(), List.of(parameters), new Outcome.Succeeded());
    }

    public static Did failed() {
      return new Did(List.of(), List.of(), new Outcome.Failed("java.lang.Error", "no"));
    }
  }

  /** The next step. */
  public Recorded cell(String cell, String source, Did did, Output... shown) {
    step++;
    Instant at = AT.plusSeconds(step);
    events.add(
        new RunEvent.CellStarted(SESSION, next(), at, RUN, step, cell, step, source, List.of()));
    for (Output output : shown) {
      events.add(new RunEvent.OutputAdded(SESSION, next(), at, RUN, step, output));
    }
    ObjectId snapshot = commit;
    if (snapshot != null) {
      events.add(
          new RunEvent.SnapshotTaken(
              SESSION, next(), at, RUN, step, new ExperimentName("iris"), snapshot.name()));
    }
    events.add(
        new RunEvent.CellEnded(
            SESSION,
            next(),
            at.plusMillis(5),
            RUN,
            step,
            did.outcome(),
            5_000_000,
            did.data(),
            did.parameters(),
            List.of(),
            jars,
            null,
            null));
    jars.clear();
    return this;
  }

  private long next() {
    return events.size() + 1L;
  }

  public Recorded over() {
    events.add(new RunEvent.SessionEnded(SESSION, next(), AT.plusSeconds(60), "shutdown"));
    return this;
  }

  /** A file that a cell read or wrote, its bytes kept. */
  public Data file(Data.Direction direction, String path, String bytes) throws IOException {
    byte[] all = bytes.getBytes(StandardCharsets.UTF_8);
    Digest digest = blobs.keep(new ByteArrayInputStream(all));
    return new Data(direction, path, all.length, digest, null);
  }

  /** One that was too large to be kept. */
  public static Data tooLarge(String path) {
    return new Data(Data.Direction.READ, path, 9, Digest.of(path), "too large", true, null);
  }

  /** The next cell puts a jar on its class path that a Maven repository gives as well. */
  public Recorded jar(Path file) throws IOException {
    jars.add(new Jar(file.toString(), "org.example:jar:1", Digest.of(file)));
    return this;
  }

  /** From now on steps have a snapshot of a project with one file in it. */
  public Recorded code(String file, String text) throws IOException {
    try (Repository repository = new InMemoryRepository(new DfsRepositoryDescription("code"))) {
      commit = commit(repository, file, text);
      code = new Code(file, text);
    }
    return this;
  }

  private record Code(String file, String text) {}

  private @Nullable Code code;

  private static ObjectId commit(Repository repository, String file, String text)
      throws IOException {
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      TreeFormatter tree = new TreeFormatter();
      tree.append(
          file,
          FileMode.REGULAR_FILE,
          inserter.insert(Constants.OBJ_BLOB, text.getBytes(StandardCharsets.UTF_8)));
      CommitBuilder commit = new CommitBuilder();
      commit.setTreeId(inserter.insert(tree));
      PersonIdent ada = new PersonIdent("Ada", "ada@example.org", AT, java.time.ZoneOffset.UTC);
      commit.setAuthor(ada);
      commit.setCommitter(ada);
      commit.setMessage("step");
      ObjectId id = inserter.insert(commit);
      inserter.flush();
      return id;
    }
  }

  public Recorded reproduced(Verdict verdict) {
    reproductions.add(
        new Reproduction(
            RUN,
            new RunId("r-9z"),
            AT.plusSeconds(90),
            verdict,
            null,
            step,
            step,
            7,
            List.of(new Reproduction.StepVerdict(1, verdict)),
            List.of(),
            List.of(),
            List.of()));
    return this;
  }

  /** As when a disk has lost some of what it was given. */
  public void damage(Digest digest) throws IOException {
    Files.writeString(blobs.find(digest).orElseThrow(), "something else");
  }

  @Override
  public Run run() {
    return Run.of(RUN, events).orElseThrow();
  }

  @Override
  public List<Reproduction> reproductions() {
    return reproductions;
  }

  @Override
  public void events(TrackingClient.EventLine each) throws IOException {
    for (RunEvent event : events) {
      each.take(Wire.write(event));
    }
  }

  @Override
  public List<Digest> missing(Collection<Digest> wanted) {
    return wanted.stream().filter(digest -> blobs.find(digest).isEmpty()).toList();
  }

  @Override
  public InputStream blob(Digest digest) throws IOException {
    return Files.newInputStream(blobs.find(digest).orElseThrow());
  }

  @Override
  public void code(Repository into) throws IOException {
    Code known = code;
    if (known == null) {
      throw new IOException("no code was recorded");
    }
    RefUpdate branch = into.updateRef(Evidence.branch(run()));
    branch.setNewObjectId(commit(into, known.file(), known.text()));
    branch.update();
  }

  @Override
  public void close() {}
}
