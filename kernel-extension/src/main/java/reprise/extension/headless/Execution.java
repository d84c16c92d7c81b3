package reprise.extension.headless;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reprise.extension.capture.Recording;
import reprise.extension.cell.AddedJar;
import reprise.extension.cell.CellRequest;
import reprise.extension.kernel.HeadlessKernel;
import reprise.extension.network.RecordedReplies;
import reprise.ledger.Digest;
import reprise.ledger.Jar;
import reprise.ledger.Listing;
import reprise.ledger.Outcome;
import reprise.ledger.Pipeline;
import reprise.ledger.Step;
import reprise.ledger.Workspace;

/** A pipeline being executed, cell after cell, in this JVM. */
final class Execution {
  private final Pipeline pipeline;
  private final Orders orders;
  private final @Nullable RecordedReplies replies;
  private final Deque<Step.Input> inputs = new ArrayDeque<>();

  /**
   * @param orders told in which order the next cell is to see the names in folders
   * @param replies told what the next cell is to get over the network; null if it is in reach
   */
  Execution(Pipeline pipeline, Orders orders, @Nullable RecordedReplies replies) {
    this.pipeline = pipeline;
    this.orders = orders;
    this.replies = replies;
  }

  /** Executes all cells, or those before the first failure that nobody expected and it. */
  void run(Recording recording) throws IOException {
    recording.keepOrder(
        pipeline.cells().stream().map(Pipeline.Cell::chance).filter(Objects::nonNull).toList());
    try (HeadlessKernel kernel =
        new HeadlessKernel(recording.listener(), (prompt, password) -> nextInput())) {
      pipeline.classPath().forEach(jar -> kernel.add(new AddedJar(Path.of(jar), null)));
      int step = 0;
      for (Pipeline.Cell cell : pipeline.cells()) {
        step++;
        restore(cell);
        if (replies != null) {
          replies.add(step, cell.replies());
        }
        if (cell.gap() != null) {
          kernel.leaveOut(cell.gap());
        }
        kernel.give(jars(cell));
        recording.follow(cell.chance());
        inputs.clear();
        inputs.addAll(cell.inputs());
        Outcome outcome =
            kernel
                .execute(
                    new CellRequest(cell.cell(), cell.executionCount(), cell.source(), cell.tags()))
                .outcome();
        if (!outcome.succeeded() && !pipeline.keepGoing() && !mayFail(cell)) {
          return;
        }
      }
    }
  }

  private static @Nullable List<AddedJar> jars(Pipeline.Cell cell) {
    List<Jar> jars = cell.jars();
    return jars == null
        ? null
        : jars.stream().map(jar -> new AddedJar(Path.of(jar.path()), jar.coordinates())).toList();
  }

  private void restore(Pipeline.Cell cell) throws IOException {
    String folder = pipeline.workspace();
    if (folder != null) {
      Workspace workspace = new Workspace(Path.of(folder));
      for (Pipeline.Need need : cell.needs()) {
        workspace.restore(need);
        if (need.kind() == Pipeline.Need.Kind.LISTING && need.digest() != null) {
          orders.add(workspace.place(Path.of(need.path())), names(workspace, need.digest()));
        }
      }
    }
  }

  private static List<String> names(Workspace workspace, Digest listing) throws IOException {
    Path kept =
        workspace
            .inputs()
            .find(listing)
            .orElseThrow(() -> new NoSuchFileException("the listing " + listing));
    return Listing.of(Files.readAllBytes(kept)).names();
  }

  private static boolean mayFail(Pipeline.Cell cell) {
    return cell.tags().contains("raises-exception");
  }

  private @Nullable String nextInput() {
    Step.Input next = inputs.poll();
    return next == null ? null : next.text();
  }
}
