package reprise.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A jar or class folder that user code could see.
 *
 * @param coordinates {@code group:artifact:version} where it came from a Maven repository
 * @param digest null for a folder
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Jar(String path, @Nullable String coordinates, @Nullable Digest digest) {
  /** Whether a Maven repository gives the same bytes to whoever asks, so they need not be kept. */
  public boolean canBeHadAgain() {
    return coordinates != null;
  }
}
