package reprise.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A top-level variable as a step left it. Only those that the step defined or changed are kept.
 *
 * @param type as declared, e.g. {@code int} or {@code List<String>}
 * @param text what it held, for scalars and strings; null for what has no short form
 * @param digest of a long string or a structure; null if the value is opaque to us
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Value(String name, String type, @Nullable String text, @Nullable Digest digest) {
  /** Whether there is nothing to compare: neither text nor digest. */
  public boolean opaque() {
    return text == null && digest == null;
  }
}
