package reprise.extension.capture;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import reprise.extension.agent.Agent;
import reprise.extension.agent.ChanceHooks;
import reprise.extension.agent.FileHooks;
import reprise.extension.agent.NetworkHooks;
import reprise.extension.cell.CellListener;
import reprise.extension.chance.Pinning;
import reprise.extension.environment.Surroundings;
import reprise.extension.network.NetworkCapture;
import reprise.extension.network.RecordedReplies;
import reprise.extension.policy.Policy;
import reprise.extension.policy.PolicyFile;
import reprise.extension.secret.CodeMask;
import reprise.extension.secret.EventMask;
import reprise.extension.secret.Mask;
import reprise.extension.snapshot.CodeHistory;
import reprise.ledger.BlobFolder;
import reprise.ledger.Chance;
import reprise.ledger.Environment;
import reprise.ledger.ExperimentName;
import reprise.ledger.Home;
import reprise.ledger.HostName;
import reprise.ledger.Journal;
import reprise.ledger.Notebook;
import reprise.ledger.Origin;
import reprise.ledger.Outcome;
import reprise.ledger.Output;
import reprise.ledger.RunEvent;
import reprise.ledger.SessionId;
import reprise.ledger.TrackingClient;
import reprise.ledger.Uplink;
import reprise.ledger.Wire;

/**
 * A session that is being recorded: journal, file hooks, code history and the way to the server.
 */
public final class Recording implements Closeable {
  private static final InstantSource CLOCK = InstantSource.system();
  private static final RandomGenerator CHANCE = new SecureRandom();
  private static final int HASHING_THREADS = 2;
  private static final long LONGEST_KEEPING_SECONDS = 60;

  /** What the session's first cell writes, while nobody has to wait for it yet. */
  private static final List<Class<?>> OF_A_CELL =
      List.of(
          RunEvent.RunOpened.class,
          RunEvent.CellStarted.class,
          RunEvent.OutputAdded.class,
          RunEvent.CellEnded.class,
          Output.Result.class,
          Outcome.Succeeded.class);

  private final Recorder recorder;
  private final @Nullable Pinning pinning;
  private final @Nullable CodeHistory history;
  private final @Nullable Uplink uplink;
  private final ExecutorService hashing;
  private boolean ended;

  private Recording(
      Recorder recorder,
      @Nullable Pinning pinning,
      @Nullable CodeHistory history,
      @Nullable Uplink uplink,
      ExecutorService hashing) {
    this.recorder = recorder;
    this.pinning = pinning;
    this.history = history;
    this.uplink = uplink;
    this.hashing = hashing;
    recorder.atExit(() -> end("exit"));
  }

  /**
   * What is to be recorded, and for whom.
   *
   * @param environment of this process, for {@code REPRISE_HOME} and its like
   * @param session the id of the journal to be written
   * @param kernel name and version
   * @param classPath what user code sees
   * @param ours folders of ours that are no data
   * @param keepsCode whether each step gets its commit; the code of a replay is there already
   * @param delivers whether the tracking server is told
   * @param secrets known ones by name, none of which may be written down
   * @param redirection where a replay leads paths; leaves them alone otherwise
   * @param replies answers what steps ask of the network; null lets them reach it
   * @param complaint takes a sentence for the person
   */
  public record Plan(
      Map<String, String> environment,
      SessionId session,
      Notebook notebook,
      ExperimentName experiment,
      Origin origin,
      String kernel,
      List<Path> classPath,
      List<Path> ours,
      boolean keepsCode,
      boolean delivers,
      Map<String, String> secrets,
      UnaryOperator<Path> redirection,
      @Nullable RecordedReplies replies,
      Consumer<String> complaint) {

    /** The folder that the notebook lies in, else the one that the kernel works in. */
    private Path project() {
      String path = notebook.path();
      Path folder = path == null ? null : Path.of(path).toAbsolutePath().getParent();
      return folder == null ? Path.of("").toAbsolutePath() : folder;
    }
  }

  /**
   * Begins to record.
   *
   * @throws IOException if the journal cannot be written, e.g. because the home is read-only
   * @throws IllegalStateException if files cannot be watched
   */
  public static Recording begin(Plan plan) throws IOException {
    Home home = Home.of(plan.environment());
    SessionId id = plan.session();
    Journal journal = journal(home, id);
    Environment surroundings = Surroundings.now(plan.classPath());
    Mask mask = mask(plan, surroundings);
    EventMask events = new EventMask(mask);
    journal.append(
        n ->
            events.masked(
                new RunEvent.SessionStarted(
                    id,
                    n,
                    CLOCK.instant(),
                    plan.notebook(),
                    plan.kernel(),
                    HostName.here(),
                    ProcessHandle.current().pid(),
                    surroundings)));
    journal.sync();
    TrackingClient server = TrackingClient.of(plan.environment());
    Uplink uplink = plan.delivers() ? new Uplink(home, id, server).start() : null;
    BlobFolder blobs = new BlobFolder(home.blobs());
    CodeHistory history =
        plan.keepsCode()
            ? new CodeHistory(
                home.code(),
                plan.experiment(),
                id,
                plan.project(),
                new CodeMask(mask)::masked,
                server,
                CLOCK)
            : null;
    ExecutorService hashing = hashing();
    List<String> remarks = new ArrayList<>();
    Policy policy = PolicyFile.of(plan.project(), home.root(), remarks::add);
    Allowance allowance = new Allowance(policy);
    FileCapture files =
        new FileCapture(
            new FileDigests(blobs),
            allowance,
            hashing,
            new NotData(home, plan.ours()).or(policy.ignores()),
            plan.redirection());
    NetworkCapture network = new NetworkCapture(files::caller, blobs, allowance, plan.replies());
    FileHooks hooks = Agent.present() ? FileHooks.install() : null;
    ChanceHooks chance = ChanceHooks.get();
    Pinning pinning = chance == null ? null : new Pinning(chance, blobs, CHANCE);
    Logbook log =
        new Logbook(
            new Session(id, plan.experiment(), plan.origin()),
            journal,
            events,
            uplink,
            plan.complaint(),
            CLOCK,
            CHANCE);
    Sayings sayings = new Sayings(log, mask, run -> server.page(run).toString());
    Recorder recorder =
        new Recorder(log, sayings, files, network, pinning, mask, blobs, history, uplink);
    Wire.prepare(OF_A_CELL);
    for (String remark : remarks) {
      plan.complaint().accept(remark);
      log.note(remark);
    }
    if (hooks != null) { // there is no agent in a rehearsal, nor when nothing is to be kept
      hooks.watch(files);
    }
    NetworkHooks onTheWay = NetworkHooks.get();
    if (onTheWay != null) {
      onTheWay.watch(network);
    }
    return new Recording(recorder, pinning, history, uplink, hashing);
  }

  private static Journal journal(Home home, SessionId id) throws IOException {
    try {
      return Journal.begin(home.journal(id));
    } catch (IOException e) {
      throw new IOException(
          "%s cannot be written to (%s), so make it writable or set REPRISE_HOME"
              .formatted(home.root(), e),
          e);
    }
  }

  private static Mask mask(Plan plan, Environment surroundings) {
    Mask mask = new Mask();
    plan.secrets().forEach(mask::know);
    return mask.knowing(plan.environment()).knowingOptions(surroundings.flags());
  }

  private static ExecutorService hashing() {
    return Executors.newFixedThreadPool(
        HASHING_THREADS,
        task -> {
          Thread thread = new Thread(task, "reprise-hashing");
          thread.setDaemon(true);
          return thread;
        });
  }

  /** Whom to tell what goes on in cells. */
  public CellListener listener() {
    return recorder;
  }

  /** Sets and maps are gone through as in the JVM that recorded these. */
  public void keepOrder(List<Chance> recorded) {
    Pinning pins = pinning;
    if (pins != null) {
      recorded.stream()
          .map(Chance::order)
          .filter(Objects::nonNull)
          .findFirst()
          .ifPresent(pins::keepOrder);
    }
  }

  /** The next cell draws and reads what it did before; null lets it do so anew. */
  public void follow(@Nullable Chance recorded) {
    if (pinning != null) {
      pinning.follow(recorded);
    }
  }

  /**
   * Ends the session: its last line is on the disk when this returns, and it has been tried once to
   * deliver everything. The second call does nothing.
   *
   * @param how see {@link RunEvent.SessionEnded}
   */
  public synchronized void end(String how) {
    if (ended) {
      return;
    }
    ended = true;
    if (history != null) {
      history.close();
    }
    recorder.end(how);
    if (uplink != null) {
      deliverTheRest(uplink);
    }
    awaitKeeping();
  }

  private static void deliverTheRest(Uplink uplink) {
    try (uplink) {
      try {
        uplink.deliver();
      } catch (IOException e) {
        uplink.keepHere(); // with the journal, until a server takes them
      }
    } catch (LinkageError | OutOfMemoryError e) {
      // a cell has used up the heap; a later session or the server itself finds the journal
    } catch (IOException e) {
      // the journal could not be closed for reading, and needs no more of it
    }
  }

  private void awaitKeeping() {
    hashing.shutdown();
    try {
      hashing.awaitTermination(LONGEST_KEEPING_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    end("shutdown");
  }
}
