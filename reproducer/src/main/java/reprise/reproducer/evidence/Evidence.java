package reprise.reproducer.evidence;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import reprise.ledger.Digest;
import reprise.ledger.Reproduction;
import reprise.ledger.Run;
import reprise.ledger.TrackingClient;

/**
 * All that is known of one run, wherever it is kept. What shows a run, replays it or carries it
 * away asks here, and need not know whether a server answers or a file.
 */
public interface Evidence extends Closeable {
  /** What a tracking server knows of {@code run}. */
  static Evidence of(Run run, TrackingClient server) {
    return new ServerEvidence(run, server);
  }

  /** The branch on which the code of a run's session stands. */
  static String branch(Run run) {
    return Constants.R_HEADS + run.session();
  }

  /** The run with its history. */
  Run run();

  /** What came of its replays, newest first. */
  List<Reproduction> reproductions() throws IOException;

  /**
   * Gives the events of the run's session from number 1 without gaps, each as its JSON. They may go
   * on behind the end of the run.
   */
  void events(TrackingClient.EventLine each) throws IOException;

  /** Those of {@code wanted} whose bytes are not here. */
  List<Digest> missing(Collection<Digest> wanted) throws IOException;

  /** The bytes of a blob that is not missing, to be read to the end and closed. */
  InputStream blob(Digest digest) throws IOException;

  /**
   * Brings the {@link #branch} of the run's session, with all that it grew from, into a repository.
   *
   * @throws IOException if it is not here
   */
  void code(Repository into) throws IOException;
}
