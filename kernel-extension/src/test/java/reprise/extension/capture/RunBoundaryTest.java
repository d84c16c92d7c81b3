package reprise.extension.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Scripted sessions; the numbers are those of the runs that the cells fall into. */
class RunBoundaryTest {
  private final RunBoundary boundary = new RunBoundary();
  private final List<Integer> runs = new ArrayList<>();
  private int run;

  private RunBoundaryTest execute(String cell, String source, boolean well) {
    if (boundary.comesBefore(cell, source, false)) {
      run++;
    }
    runs.add(run);
    boundary.ended(cell, well);
    return this;
  }

  @Test
  void straightThrough_isOneRun() {
    execute("a", "1", true).execute("b", "2", true).execute("c", "3", true);
    assertThat(runs).containsExactly(1, 1, 1);
  }

  @Test
  void typoMended_isTheSameRun() {
    execute("a", "1", true).execute("b", "2x", false).execute("b", "2", true);
    assertThat(runs).containsExactly(1, 1, 1);
  }

  @Test
  void parameterChangedAndTrainingExecutedAgain_isARunEachTime() {
    execute("p", "n=1", true).execute("train", "t", true);
    execute("p", "n=2", true).execute("train", "t", true);
    execute("p", "n=3", true).execute("train", "t", true);
    assertThat(runs).containsExactly(1, 1, 2, 2, 3, 3);
  }

  @Test
  void sameCellExecutedAgainAsItWas_isTheSameRun() {
    execute("a", "1", true).execute("a", "1", true).execute("b", "2", true);
    assertThat(runs).containsExactly(1, 1, 1);
  }

  @Test
  void outOfOrder_isOneRun() {
    execute("c", "3", true).execute("a", "1", true).execute("b", "2", true);
    assertThat(runs).containsExactly(1, 1, 1);
  }
}
