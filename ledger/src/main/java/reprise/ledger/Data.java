package reprise.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What a step read, wrote, removed or merely looked at, and what came to it over the network. The
 * list in a step keeps the order in which it happened, files first.
 *
 * @param path absolute, as the recording machine names it; for what is no file a URL without
 *     credentials, or {@code tcp:} or {@code udp:} with host and port
 * @param size in bytes
 * @param digest null for what was only looked at, or if the bytes could not be had; {@code note}
 *     says why
 * @param note what a person must know about this one, e.g. that it changed while it was read
 * @param digestOnly true if the bytes were too many for the policy, so that nobody keeps them
 * @param reply of what was {@link Direction#RECEIVED}; null for all else
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Data(
    Direction direction,
    String path,
    long size,
    @Nullable Digest digest,
    @Nullable String note,
    @Nullable Boolean digestOnly,
    @Nullable Reply reply) {

  /** The note of what was {@link Direction#DELETED} because something else took its place. */
  public static final String OVERWRITTEN = "overwritten";

  /** Bytes that are kept, if there is a digest. */
  public Data(
      Direction direction, String path, long size, @Nullable Digest digest, @Nullable String note) {
    this(direction, path, size, digest, note, null, null);
  }

  /** Something that has no bytes to be kept. */
  public static Data without(Direction direction, String path, @Nullable String note) {
    return new Data(direction, path, 0, null, note);
  }

  /** What became of the bytes. */
  public enum Direction {
    READ,
    WRITTEN,
    DELETED,
    /** A folder; the digest is that of its {@link Listing}, null if nobody asked for the names. */
    LISTED,
    /** A file of which only kind and size were asked. */
    LOOKED_AT,
    /** Looked for and not there. */
    MISSED,
    /** A reply from the network. */
    RECEIVED,
    /** A way to the world outside was opened; what went over it is not kept. */
    CONNECTED,
    /** Asked of the world outside by a replay that is offline, and not in the record. */
    REFUSED
  }

  /** Whether somebody must have the bytes for a replay to be possible. */
  public boolean keepsItsBytes() {
    return digest != null && !Boolean.TRUE.equals(digestOnly);
  }
}
