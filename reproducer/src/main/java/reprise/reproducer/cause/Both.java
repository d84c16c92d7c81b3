package reprise.reproducer.cause;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.Repository;
import reprise.ledger.Digest;
import reprise.ledger.Reproduction;
import reprise.ledger.Run;
import reprise.ledger.TrackingClient;
import reprise.reproducer.evidence.Evidence;

/**
 * The evidence for a run that has some of another: bytes from wherever either is known.
 *
 * @param files bytes that are blobs nowhere
 */
record Both(Evidence base, Evidence other, Map<Digest, byte[]> files) implements Evidence {
  @Override
  public Run run() {
    return base.run();
  }

  @Override
  public List<Reproduction> reproductions() throws IOException {
    return base.reproductions();
  }

  @Override
  public void events(TrackingClient.EventLine each) throws IOException {
    base.events(each);
  }

  @Override
  public List<Digest> missing(Collection<Digest> wanted) throws IOException {
    List<Digest> rest = new ArrayList<>(base.missing(wanted));
    rest.removeIf(files::containsKey);
    return other.missing(rest);
  }

  @Override
  public InputStream blob(Digest digest) throws IOException {
    byte[] file = files.get(digest);
    if (file != null) {
      return new ByteArrayInputStream(file);
    }
    return (base.missing(List.of(digest)).isEmpty() ? base : other).blob(digest);
  }

  @Override
  public void code(Repository into) throws IOException {
    base.code(into);
    other.code(into);
  }

  /** Nothing of its own is open. */
  @Override
  public void close() {}
}
