package reprise.reproducer.replay;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import reprise.ledger.BlobFolder;
import reprise.ledger.Digest;
import reprise.reproducer.evidence.Evidence;

/** The bytes that were kept of a run, and how they come into a workspace. */
final class Archive {
  private final Evidence evidence;

  Archive(Evidence evidence) {
    this.evidence = evidence;
  }

  /**
   * Fetches what is not there yet; each is checked against its digest.
   *
   * @return those that nobody has
   */
  List<Digest> fetch(Collection<Digest> wanted, BlobFolder into) throws IOException {
    List<Digest> absent =
        wanted.stream().distinct().filter(digest -> into.find(digest).isEmpty()).toList();
    if (absent.isEmpty()) {
      return List.of();
    }
    List<Digest> missing = new ArrayList<>(evidence.missing(absent));
    for (Digest digest : absent) {
      if (!missing.contains(digest)) {
        try (InputStream bytes = evidence.blob(digest)) {
          into.keep(digest, bytes);
        } catch (BlobFolder.WrongDigest e) {
          missing.add(digest); // damaged on its way or in its store: as good as gone
        }
      }
    }
    return missing;
  }
}
