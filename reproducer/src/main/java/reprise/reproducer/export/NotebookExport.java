package reprise.reproducer.export;

import java.io.IOException;
import java.util.List;
import reprise.ledger.Output;
import reprise.ledger.Run;
import reprise.reproducer.evidence.Evidence;
import reprise.reproducer.notebook.ExecutedNotebook;

/** One file, for Jupyter and for whatever reads what papermill writes. */
final class NotebookExport implements Export {
  @Override
  public List<String> write(Evidence evidence, ExportOrder order) throws IOException {
    try (Draft draft = Draft.file(order)) {
      Run run = evidence.run();
      ExecutedNotebook.of(run, evidence.reproductions()).write(draft.path(), order.target());
      draft.finish();
      return remarks(run);
    }
  }

  private static List<String> remarks(Run run) {
    return run.history().stream()
        .filter(step -> step.outputs().stream().anyMatch(Output.StreamRest.class::isInstance))
        .map(
            step ->
                "Step %d printed more than stands in a notebook; the rest is in a bundle."
                    .formatted(step.step()))
        .toList();
  }
}
