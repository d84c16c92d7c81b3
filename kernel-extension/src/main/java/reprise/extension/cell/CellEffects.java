package reprise.extension.cell;

import java.util.List;

/**
 * What a cell left behind in the session.
 *
 * @param variables those that it declared or assigned and that exist now
 * @param jars those that it put on the class path
 */
public record CellEffects(List<Variable> variables, List<AddedJar> jars) {
  public static final CellEffects NONE = new CellEffects(List.of(), List.of());

  public CellEffects {
    variables = List.copyOf(variables);
    jars = List.copyOf(jars);
  }
}
