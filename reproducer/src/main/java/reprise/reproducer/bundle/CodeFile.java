package reprise.reproducer.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Objects;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.BundleWriter;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TransportBundleStream;
import org.eclipse.jgit.transport.URIish;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Run;
import reprise.ledger.Step;
import reprise.reproducer.evidence.Evidence;

/** A run's code history as one file, a bundle of git's own that any git can clone. */
final class CodeFile {
  private CodeFile() {}

  /** The code as the run's last step saw it; null if no step has a snapshot. */
  static @Nullable ObjectId tip(Run run) {
    return run.history().stream()
        .map(Step::snapshot)
        .filter(Objects::nonNull)
        .reduce((earlier, later) -> later)
        .map(ObjectId::fromString)
        .orElse(null);
  }

  /** Writes everything that {@code tip} grew from. */
  static void write(Run run, Repository repository, ObjectId tip, OutputStream out)
      throws IOException {
    BundleWriter writer = new BundleWriter(repository);
    writer.include(Evidence.branch(run), tip);
    writer.writeBundle(NullProgressMonitor.INSTANCE, out);
  }

  static void read(Run run, InputStream in, Repository into) throws IOException {
    String branch = Evidence.branch(run);
    try (TransportBundleStream transport =
        new TransportBundleStream(into, new URIish("bundle"), in)) {
      transport.fetch(NullProgressMonitor.INSTANCE, List.of(new RefSpec(branch + ":" + branch)));
    } catch (URISyntaxException e) {
      throw new AssertionError("a word is a URI", e);
    } catch (TransportException e) {
      throw new IOException("the code history in the bundle cannot be read", e);
    }
  }
}
