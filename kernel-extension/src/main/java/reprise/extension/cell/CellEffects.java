package reprise.extension.cell;

import java.util.List;
import reprise.ledger.Flow;

/**
 * What a cell left behind in the session.
 *
 * @param variables those that it declared or assigned and that exist now
 * @param jars those that it put on the class path
 * @param flow what it had to do with other cells; steps count from 1 with each cell that began
 */
public record CellEffects(List<Variable> variables, List<AddedJar> jars, Flow flow) {
  public static final CellEffects NONE = new CellEffects(List.of(), List.of(), Flow.NONE);

  public CellEffects {
    variables = List.copyOf(variables);
    jars = List.copyOf(jars);
  }
}
