package reprise.extension.headless;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reprise.extension.capture.Recording;
import reprise.extension.cell.CellRequest;
import reprise.extension.kernel.HeadlessKernel;
import reprise.ledger.Outcome;
import reprise.ledger.Pipeline;
import reprise.ledger.Step;
import reprise.ledger.Workspace;

/** A pipeline being executed, cell after cell, in this JVM. */
final class Execution {
  private final Pipeline pipeline;
  private final Deque<Step.Input> inputs = new ArrayDeque<>();

  Execution(Pipeline pipeline) {
    this.pipeline = pipeline;
  }

  /** Executes all cells, or those before the first failure that nobody expected and it. */
  void run(Recording recording) throws IOException {
    recording.keepOrder(
        pipeline.cells().stream().map(Pipeline.Cell::chance).filter(Objects::nonNull).toList());
    try (HeadlessKernel kernel =
        new HeadlessKernel(recording.listener(), (prompt, password) -> nextInput())) {
      for (Pipeline.Cell cell : pipeline.cells()) {
        restore(cell);
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

  private void restore(Pipeline.Cell cell) throws IOException {
    String folder = pipeline.workspace();
    if (folder != null) {
      Workspace workspace = new Workspace(Path.of(folder));
      for (Pipeline.Need need : cell.needs()) {
        workspace.restore(need);
      }
    }
  }

  private static boolean mayFail(Pipeline.Cell cell) {
    return cell.tags().contains("raises-exception");
  }

  private @Nullable String nextInput() {
    Step.Input next = inputs.poll();
    return next == null ? null : next.text();
  }
}
