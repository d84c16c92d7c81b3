package reprise.extension.capture;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import reprise.ledger.BlobFolder;
import reprise.ledger.Output;

/**
 * How much of a step's printed text stands in the journal. The rest goes to a file beside it and is
 * kept as a blob when the step ends, so that 200 MB of output neither fill the journal nor get
 * lost.
 */
final class StreamBudget {
  private static final int INLINE_CHARACTERS = 1 << 20;

  private final BlobFolder blobs;
  private final Map<String, Spill> spills = new LinkedHashMap<>();
  private long written;

  /** A file that takes what no longer fits. */
  private record Spill(Path file, OutputStream out) {}

  StreamBudget(BlobFolder blobs) {
    this.blobs = blobs;
  }

  /** Whether the text may stand in the journal; if not, it has been put aside. */
  boolean takes(Output.Stream text) throws IOException {
    Spill spill = spills.get(text.name());
    if (spill == null && written + text.text().length() <= INLINE_CHARACTERS) {
      written += text.text().length();
      return true;
    }
    if (spill == null) {
      spill = open(text.name());
    }
    spill.out().write(text.text().getBytes(StandardCharsets.UTF_8));
    return false;
  }

  private Spill open(String stream) throws IOException {
    Files.createDirectories(blobs.root());
    Path file = Files.createTempFile(blobs.root(), "spill-", ".txt");
    Spill spill = new Spill(file, Files.newOutputStream(file));
    spills.put(stream, spill);
    return spill;
  }

  /** Keeps what was put aside, and says under which names. */
  List<Output> rest() throws IOException {
    List<Output> rest = new ArrayList<>();
    for (Map.Entry<String, Spill> each : spills.entrySet()) {
      Spill spill = each.getValue();
      spill.out().close();
      try (var in = Files.newInputStream(spill.file())) {
        rest.add(new Output.StreamRest(each.getKey(), Files.size(spill.file()), blobs.keep(in)));
      }
      Files.delete(spill.file());
    }
    spills.clear();
    written = 0;
    return rest;
  }
}
