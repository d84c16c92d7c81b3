package reprise.extension.network;

import org.jspecify.annotations.Nullable;
import reprise.ledger.Digest;

/** How many bytes may still be kept. */
public interface Room {
  /** Why so many are not to be kept, in words for a person; null if they are. */
  @Nullable String refusal(long size);

  /** The same for bytes that are known; if they may be kept, they count from now on. */
  @Nullable String refusal(long size, Digest digest);
}
