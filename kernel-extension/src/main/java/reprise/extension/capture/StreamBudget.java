package reprise.extension.capture;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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
  private final Map<String, Integer> inline = new HashMap<>();

  /** A file that takes what no longer fits. */
  private record Spill(Path file, OutputStream out) {}

  StreamBudget(BlobFolder blobs) {
    this.blobs = blobs;
  }

  /**
   * The beginning of the text that may stand in the journal; the rest is put aside. Where a stream
   * is cut depends on its own length alone, not on the pieces in which it came.
   *
   * @return null if nothing of the text may stand there
   */
  Output.@Nullable Stream fitting(Output.Stream piece) throws IOException {
    String text = piece.text();
    int written = inline.getOrDefault(piece.name(), 0);
    int cut = Math.min(text.length(), INLINE_CHARACTERS - written);
    if (cut > 0 && cut < text.length() && Character.isLowSurrogate(text.charAt(cut))) {
      cut--; // a character is not cut in two
    }
    if (cut < text.length()) {
      spill(piece.name()).out().write(text.substring(cut).getBytes(StandardCharsets.UTF_8));
      inline.put(piece.name(), INLINE_CHARACTERS);
    } else {
      inline.put(piece.name(), written + cut);
    }
    return cut == 0 ? null : new Output.Stream(piece.name(), text.substring(0, cut));
  }

  private Spill spill(String stream) throws IOException {
    Spill there = spills.get(stream);
    return there == null ? open(stream) : there;
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
    inline.clear();
    return rest;
  }
}
