package reprise.reproducer.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import reprise.ledger.Flow;
import reprise.ledger.Flow.DeclarationKind;
import reprise.ledger.Flow.Name;
import reprise.ledger.Pipeline;
import reprise.ledger.Run;

class HiddenStateTest {
  private static final Name X = new Name(DeclarationKind.VARIABLE, "x", 1);
  private static final Run RUN =
      new Recorded()
          .step("int x = 1;", new Flow(List.of(X), List.of(), List.of(), null))
          .step("x + 1", new Flow(List.of(), List.of(X), List.of(), null))
          .run();

  private static List<String> hidden(Pipeline.Cell... notebook) {
    return new HiddenState(RUN.history(), List.of(notebook)).of(RUN.history());
  }

  private static Pipeline.Cell cell(String id, String source) {
    return new Pipeline.Cell(id, 1, source, List.of(), List.of(), null, List.of());
  }

  @Test
  void of_cellThatIsStillThere_isNothing() {
    assertThat(hidden(cell("c1", "int x = 1;\n"), cell("c2", "x + 1"))).isEmpty();
    assertThat(hidden(cell("copied-elsewhere", "int x = 1;"), cell("c2", "x + 1"))).isEmpty();
  }

  @Test
  void of_deletedCell_isToldWithWhoUsedIt() {
    assertThat(hidden(cell("c2", "x + 1")))
        .containsExactly("step 2 used x of step 1, whose cell is no longer in the notebook");
  }

  @Test
  void of_editedCell_isToldWithWhoUsedIt() {
    assertThat(hidden(cell("c1", "int x = 2;"), cell("c2", "x + 1")))
        .containsExactly("step 2 used x of step 1, whose cell has been edited since");
  }
}
