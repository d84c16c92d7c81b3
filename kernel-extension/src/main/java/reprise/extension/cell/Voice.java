package reprise.extension.cell;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hears what a notebook says of itself, through {@code reprise.Reprise} or the magic {@code
 * %reprise}; from any thread. It never throws and never changes what the notebook does.
 */
public interface Voice {
  /** Hears nothing. */
  Voice NONE = new Voice() {};

  /**
   * A parameter was asked for.
   *
   * @param literal its value as Java spells it
   */
  default void parameter(String name, String type, String literal) {}

  /**
   * A number was logged.
   *
   * @param index null for one more than that of the last with this name
   */
  default void metric(String name, double value, @Nullable Long index) {}

  default void artifact(Path path) {}

  default void tag(String key, String value) {}

  default void remark(String text) {}

  /** Where the recording stands, a line each: the run, its page, and what of it is not kept. */
  default List<String> status() {
    return List.of("Nothing is recorded here.");
  }
}
