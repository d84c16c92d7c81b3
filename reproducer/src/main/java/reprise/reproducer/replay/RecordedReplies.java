package reprise.reproducer.replay;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import reprise.ledger.BlobFolder;
import reprise.ledger.Data;
import reprise.ledger.Digest;
import reprise.ledger.Pipeline;
import reprise.ledger.Step;

/** What came to steps over the network, to be given to them again. */
final class RecordedReplies {
  private RecordedReplies() {}

  /** Those of a step, in the order in which they were asked for. */
  static List<Data> of(Step step) {
    return step.data().stream().filter(data -> data.reply() != null).toList();
  }

  /**
   * Fetches their bytes. A cell that asks for some that nobody has is told so, if it ever asks.
   *
   * @return what is missing, a line each
   */
  static List<String> fetch(List<Pipeline.Cell> cells, Archive archive, BlobFolder into)
      throws IOException {
    Map<Digest, String> wanted = new LinkedHashMap<>();
    for (Pipeline.Cell cell : cells) {
      for (Data reply : cell.replies()) {
        if (reply.digest() != null) {
          wanted.putIfAbsent(reply.digest(), reply.path());
        }
      }
    }
    return archive.fetch(wanted.keySet(), into).stream()
        .map(digest -> "the reply of %s, which was not kept".formatted(wanted.get(digest)))
        .toList();
  }
}
