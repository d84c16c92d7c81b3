package reprise.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A native engine for deep learning that came into the JVM with a step, and is part of its
 * environment from then on.
 *
 * @param version of its native library, as it says itself
 * @param djl version of DJL, which leads to it
 * @param libraries files that the JVM has loaded for it, by absolute path; empty where the
 *     operating system does not tell
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Engine(String name, String version, @Nullable String djl, List<String> libraries) {
  public Engine {
    libraries = List.copyOf(libraries);
  }

  /** As people write it. */
  @Override
  public String toString() {
    return name + " " + version + (djl == null ? "" : " through DJL " + djl);
  }
}
