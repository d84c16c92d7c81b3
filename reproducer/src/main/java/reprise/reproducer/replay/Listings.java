package reprise.reproducer.replay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import reprise.ledger.BlobFolder;
import reprise.ledger.Data;
import reprise.ledger.Digest;
import reprise.ledger.Listing;
import reprise.ledger.Step;

/** What folders held when a run listed them. */
final class Listings {
  private final BlobFolder kept;
  private final List<String> missing;

  private Listings(BlobFolder kept, List<String> missing) {
    this.kept = kept;
    this.missing = missing;
  }

  /** Fetches all that the steps speak of. */
  static Listings fetch(List<Step> steps, Archive archive, BlobFolder into) throws IOException {
    Map<Digest, String> wanted = new LinkedHashMap<>();
    for (Step step : steps) {
      for (Data data : step.data()) {
        if (data.direction() == Data.Direction.LISTED && data.digest() != null) {
          wanted.putIfAbsent(data.digest(), data.path());
        }
      }
    }
    List<String> missing =
        archive.fetch(wanted.keySet(), into).stream()
            .map(digest -> wanted.getOrDefault(digest, ""))
            .toList();
    return new Listings(into, missing);
  }

  /** Folders whose names nobody has kept. */
  List<String> missing() {
    return missing;
  }

  Optional<Listing> of(Digest digest) {
    return kept.find(digest).map(Listings::read);
  }

  private static Listing read(Path file) {
    try {
      return Listing.of(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
