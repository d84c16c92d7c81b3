package reprise.reproducer.replay;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Digest;
import reprise.ledger.Pipeline;
import reprise.ledger.Reproduction;
import reprise.ledger.Run;
import reprise.ledger.RunEvent;
import reprise.ledger.RunId;
import reprise.ledger.Wire;
import reprise.ledger.Workspace;
import reprise.reproducer.execution.Executor;

/**
 * Some steps of a run in a JVM and a workspace of their own, with what earlier stages made.
 * Prepared once and executed once, or not at all where its key says that nothing has changed.
 */
public final class StageReplay {
  private final Replay replay;
  private final Run part;
  private final Host host;
  private final Workspace workspace;
  private final UnaryOperator<Reproduction> told;
  private @Nullable Run replayed;

  /**
   * @param told adds to a reproduction in what it is meant to be otherwise
   */
  StageReplay(Replay replay, Run part, Host host, UnaryOperator<Reproduction> told) {
    this.replay = replay;
    this.part = part;
    this.host = host;
    this.workspace = host.workspace(part.run());
    this.told = told;
  }

  /** A stage with all that it needs at hand. */
  public final class Prepared {
    private final Pipeline pipeline;

    private Prepared(Pipeline pipeline) {
      this.pipeline = pipeline;
    }

    /**
     * Of all that decides what comes out: two stages with one key make the same, as long as neither
     * chance nor the network is free.
     */
    public Digest key() {
      String known =
          Wire.write(new Known(part.run(), pipeline.cells(), part.environment().jdk().version()));
      return Digest.of(known.replace(workspace.root().toString(), ""));
    }

    /**
     * Executes it and compares.
     *
     * @param progress told of each event
     */
    public Reproduction execute(Consumer<RunEvent> progress) throws IOException {
      Instant began = host.clock().instant();
      Executor executor = new Executor(host.installation(), host.variables());
      Run run = executor.execute(pipeline, replay.jvm(workspace), progress);
      String exhausted = replay.exhausted(List.of(run));
      if (exhausted != null) {
        throw new Executor.NothingExecuted(exhausted);
      }
      replayed = run;
      return told.apply(
          replay.compared(run, Standard.STRICT.forgiveness(part, List.of(run)), began));
    }
  }

  private record Known(RunId run, List<Pipeline.Cell> cells, String jdk) {}

  /**
   * Fetches all that it needs.
   *
   * @throws Executor.NothingExecuted if that is not to be had; the message says what to do
   */
  public Prepared prepare() throws IOException {
    String hindrance = replay.hindrance();
    if (hindrance != null) {
      throw new Executor.NothingExecuted(hindrance);
    }
    return new Prepared(replay.prepared(workspace));
  }

  /** As {@link ReplayRequest#otherJdk}, once it was executed. */
  public @Nullable String otherJdk() {
    return replay.otherJdk();
  }

  /** What it became; null as long as it is nothing. */
  public @Nullable Run replayed() {
    return replayed;
  }

  /** Where it works. */
  public Workspace workspace() {
    return workspace;
  }
}
