package reprise.reproducer.evidence;

import java.io.IOException;
import java.net.URISyntaxException;
import java.util.List;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.PushResult;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;
import reprise.ledger.ExperimentName;
import reprise.ledger.TrackingClient;

/** An experiment's code history where a tracking server keeps it. */
public final class CodeServer {
  private final TrackingClient server;
  private final ExperimentName experiment;

  public CodeServer(TrackingClient server, ExperimentName experiment) {
    this.server = server;
    this.experiment = experiment;
  }

  /** Brings a branch into {@code local}. */
  void fetch(String branch, Repository local) throws IOException {
    try (Transport transport = transport(local)) {
      transport.fetch(NullProgressMonitor.INSTANCE, List.of(new RefSpec(branch + ":" + branch)));
    }
  }

  /** Brings a branch of {@code local} there; a server that knows more of it already keeps that. */
  public void push(String branch, Repository local) throws IOException {
    RemoteRefUpdate update = new RemoteRefUpdate(local, branch, branch, false, null, null);
    try (Transport transport = transport(local)) {
      PushResult result = transport.push(NullProgressMonitor.INSTANCE, List.of(update));
      switch (update.getStatus()) {
        case OK, UP_TO_DATE, REJECTED_NONFASTFORWARD -> {}
        default ->
            throw new IOException(
                "The tracking server does not take the code history: %s %s"
                    .formatted(update.getStatus(), result.getMessages()));
      }
    }
  }

  private Transport transport(Repository local) throws IOException {
    String url = server.server() + "/git/" + TrackingClient.encoded(experiment.value()) + ".git";
    try {
      Transport transport = Transport.open(local, new URIish(url));
      transport.setCredentialsProvider(
          new UsernamePasswordCredentialsProvider("reprise", server.token()));
      return transport;
    } catch (URISyntaxException e) {
      throw new IOException("not a git URL: " + url, e);
    }
  }
}
