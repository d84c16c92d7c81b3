package reprise.extension.chance;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The process's environment as a notebook sees it. Whose value is asked for by name is told; who
 * goes through all of them gets them untold, for nobody wants all of an environment written down.
 */
final class NotebookVariables extends AbstractMap<String, String> {
  private final Map<String, String> all;

  NotebookVariables(Map<String, String> all) {
    this.all = all;
  }

  @Override
  public @Nullable String get(Object name) {
    return name instanceof String text ? NotebookChance.getenv(text) : all.get(name);
  }

  @Override
  public boolean containsKey(Object name) {
    return name instanceof String text
        ? NotebookChance.getenv(text) != null
        : all.containsKey(name);
  }

  @Override
  public Set<Map.Entry<String, String>> entrySet() {
    return all.entrySet();
  }
}
