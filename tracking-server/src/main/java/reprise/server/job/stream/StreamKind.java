package reprise.server.job.stream;

import java.io.IOException;

/**
 * A kind of stream that can be listened to. Failures are told in a sentence for the people whose
 * job waits, without anything secret in it.
 */
public interface StreamKind {
  /** What triggers call it, e.g. {@code redis}. */
  String name();

  /**
   * Sees that a stream can be read, and has its group stand where the stream ends now, unless it
   * stands somewhere already: what comes from here on counts.
   */
  void join(Place place) throws IOException;

  /**
   * Begins to read. What the group was given and did not confirm comes again.
   *
   * @param consumer tells this reader from others of its group
   */
  MessageStream open(Place place, String consumer) throws IOException;

  /**
   * Where a stream is, and who reads it.
   *
   * @param server as the kind's own client takes it; may have a password in it
   */
  record Place(String server, String stream, String group) {
    /** Without the server, which may have a password in it. */
    @Override
    public String toString() {
      return stream + " for " + group;
    }
  }
}
