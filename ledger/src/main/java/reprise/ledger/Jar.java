package reprise.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A jar or class folder that user code could see.
 *
 * @param coordinates {@code group:artifact:version} where they are known
 * @param digest null for a folder
 * @param onlyHere true if its coordinates are merely what the jar says of itself: it came from no
 *     repository, so nobody else may have these bytes
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Jar(
    String path,
    @Nullable String coordinates,
    @Nullable Digest digest,
    @Nullable Boolean onlyHere) {
  /** One whose coordinates, if there are any, lead to it. */
  public Jar(String path, @Nullable String coordinates, @Nullable Digest digest) {
    this(path, coordinates, digest, null);
  }

  /** Whether its coordinates are those by which a Maven repository gave it. */
  public boolean isFromRepository() {
    return coordinates != null && !Boolean.TRUE.equals(onlyHere);
  }

  /**
   * Whether a Maven repository gives the same bytes to whoever asks, so they need not be kept. A
   * snapshot is whatever was built last.
   */
  public boolean canBeHadAgain() {
    return isFromRepository() && !String.valueOf(coordinates).endsWith("-SNAPSHOT");
  }
}
