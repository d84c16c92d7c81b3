package reprise.extension.magic;

import java.util.List;
import java.util.Optional;

/**
 * {@code %reprise run [NAME]} in a cell: a run opens before that cell, which is the run's first.
 *
 * @param name empty if it is to have none
 */
public record RunByHand(Optional<String> name) {
  /** The one that a cell asks for, if it does. */
  public static Optional<RunByHand> in(String cell) {
    if (!cell.contains("%reprise")) {
      return Optional.empty();
    }
    return CellText.parts(cell).stream()
        .filter(CellText.LineMagic.class::isInstance)
        .map(CellText.LineMagic.class::cast)
        .filter(magic -> magic.name().equals("reprise"))
        .map(magic -> CellText.split(magic.arguments()))
        .filter(words -> !words.isEmpty() && words.get(0).equals("run"))
        .map(RunByHand::of)
        .findFirst();
  }

  private static RunByHand of(List<String> words) {
    String name = String.join(" ", words.subList(1, words.size()));
    return new RunByHand(name.isBlank() ? Optional.empty() : Optional.of(name));
  }
}
