package reprise.extension.attach;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import reprise.ledger.Outcome;
import reprise.ledger.Wire;

class RunningCellTest {
  private final RunningCell cell = new RunningCell("1");

  @Test
  void outcome_interruptedAndNeverAnswered_isInterrupted() {
    assertThat(cell.outcome(null, true)).isEqualTo(new Outcome.Interrupted("interrupt"));
  }

  @Test
  void outcome_neverAnsweredAndNothingThrown_succeeded() {
    assertThat(cell.outcome(null, false)).isEqualTo(new Outcome.Succeeded());
  }

  @Test
  void outcome_overBeforeTheInterruptCame_succeeded() throws Exception {
    cell.answers(Wire.JSON.readTree("{\"status\":\"ok\"}"));
    assertThat(cell.outcome(null, true)).isEqualTo(new Outcome.Succeeded());
  }

  @Test
  void outcome_errorOfTheKernelsOwn_isWhatItSays() throws Exception {
    cell.answers(
        Wire.JSON.readTree("{\"status\":\"error\",\"ename\":\"Broken\",\"evalue\":\"it is\"}"));
    assertThat(cell.outcome(null, false)).isEqualTo(new Outcome.Failed("Broken", "it is"));
  }
}
