package reprise.reproducer.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import org.eclipse.jgit.lib.Repository;
import reprise.ledger.Digest;
import reprise.ledger.Reproduction;
import reprise.ledger.Run;
import reprise.ledger.TrackingClient;

/** Asks a tracking server each time anew, and keeps nothing. */
record ServerEvidence(Run run, TrackingClient server) implements Evidence {
  @Override
  public List<Reproduction> reproductions() throws IOException {
    return List.of(server.get("/api/runs/" + run.run() + "/reproductions", Reproduction[].class));
  }

  @Override
  public void events(TrackingClient.EventLine each) throws IOException {
    server.events(run.session(), each);
  }

  @Override
  public List<Digest> missing(Collection<Digest> wanted) throws IOException {
    return wanted.isEmpty() ? List.of() : server.missing(wanted);
  }

  @Override
  public InputStream blob(Digest digest) throws IOException {
    return server.blob(digest);
  }

  @Override
  public void code(Repository into) throws IOException {
    new CodeServer(server, run.experiment()).fetch(Evidence.branch(run), into);
  }

  @Override
  public void close() {}
}
