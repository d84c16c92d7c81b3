package reprise.reproducer.export;

import java.io.IOException;
import java.util.List;
import reprise.reproducer.bundle.BundleFile;
import reprise.reproducer.evidence.Evidence;

/** One file from which Reprise replays the run where there is nothing else of it. */
final class BundleExport implements Export {
  @Override
  public List<String> write(Evidence evidence, ExportOrder order) throws IOException {
    try (Draft draft = Draft.file(order)) {
      List<String> remarks =
          BundleFile.write(evidence, order.jars(), draft.path(), order.progress());
      draft.finish();
      return remarks;
    }
  }
}
