package reprise.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The notebook that a session belongs to.
 *
 * @param path absolute, as the kernel's machine names it; null if it could not be found out
 * @param foundBy how the path was found, or why it was not, in words for a person
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Notebook(@Nullable String path, String foundBy) {
  public ExperimentName experiment() {
    return path == null ? ExperimentName.UNTITLED : ExperimentName.of(path);
  }
}
