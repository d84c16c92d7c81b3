package reprise.extension.chance;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a running step reads from the clock and the like, given the true values. It stands between
 * notebook code and the recorder, which in a kernel of somebody else's have different class
 * loaders.
 */
public interface NotebookReadings {
  long millis(long now);

  long nanos(long now);

  Instant instant(Instant now);

  UUID id(UUID now);

  /**
   * What the process's environment says.
   *
   * @param value null if it is not set
   */
  void variable(String name, @Nullable String value);

  /** Comes before something is asked of {@code SecureRandom}. */
  void secureRandom();

  /** Comes before something is drawn from a source that has no order between threads. */
  void sharedRandom();
}
