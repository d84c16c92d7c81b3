package reprise.reproducer.command;

import java.io.IOException;
import java.nio.file.Path;
import reprise.ledger.TrackingClient;
import reprise.reproducer.bundle.Bundle;
import reprise.reproducer.evidence.Evidence;

/** Where a person says that a run is: with the server, by its id, or in a bundle, by its path. */
record Source(String reference) {
  static final String LABEL = "RUN|BUNDLE.zip";
  static final String DESCRIPTION =
      "An id, a unique prefix of one, @latest, or the file of a bundle.";

  /** Ids have neither slash nor dot. */
  boolean isBundle() {
    return reference.endsWith(".zip") || reference.contains("/");
  }

  /** What is known of the run there. */
  Evidence evidence(TrackingClient server, Screen screen) throws IOException {
    return isBundle()
        ? Bundle.open(Path.of(reference), screen::tell)
        : Evidence.of(server.run(reference), server);
  }
}
