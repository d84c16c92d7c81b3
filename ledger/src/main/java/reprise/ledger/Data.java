package reprise.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that a step read, wrote or removed. The list in a step keeps the order in which it
 * happened.
 *
 * @param path absolute, as the recording machine names it
 * @param size in bytes; 0 for what was deleted
 * @param digest null for what was deleted, or if the bytes could not be had; {@code note} says why
 * @param note what a person must know about this one, e.g. that it changed while it was read
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Data(
    Direction direction, String path, long size, @Nullable Digest digest, @Nullable String note) {

  /** What became of the bytes. */
  public enum Direction {
    READ,
    WRITTEN,
    DELETED
  }
}
