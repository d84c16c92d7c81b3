package reprise.extension.chance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A program finds everything as it would without us, recorded and replayed. */
class SemanticsTest {
  @TempDir static Path folder;
  private static Notebook.Session recorded;
  private static Notebook.Session replayed;

  @BeforeAll
  static void recordAndReplay() throws Exception {
    Notebook notebook = new Notebook(folder).cells("semantics.jsh");
    recorded = notebook.record();
    replayed = notebook.replay(recorded);
  }

  @ParameterizedTest
  @CsvSource({
    "seeds stay distinct, 20000",
    "distribution, true",
    "found later, true",
    "enums found, 1 false true true",
    "stack overflow, overflown true",
    "re-entrant, true",
    "time goes on, true true 0",
    "'clocks look as ever', 'SystemClock[Z] true Z TickClock[SystemClock[Z],PT1S]'",
    "date subclass, true",
    "exception text, zone"
  })
  void execute_cellOnChance_isAsWithoutUs(String cell, String printed) {
    assertThat(recorded.text(cell).strip()).isEqualTo(printed);
    assertThat(replayed.text(cell).strip()).isEqualTo(printed);
  }
}
