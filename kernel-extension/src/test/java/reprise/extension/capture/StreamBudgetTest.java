package reprise.extension.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reprise.ledger.BlobFolder;
import reprise.ledger.Output;

class StreamBudgetTest {
  @TempDir Path folder;

  @Test
  void fitting_sameTextInOtherPieces_isCutAtTheSamePlace() throws IOException {
    String text = "0123456789é\n".repeat(200_000);
    assertThat(written(text, 100)).isEqualTo(written(text, 64 * 1024)).hasSize(2);
  }

  @Test
  void fitting_shortText_standsWhole() throws IOException {
    assertThat(written("short", 2)).containsExactly(new Output.Stream("stdout", "short"));
  }

  @Test
  void fitting_oneStreamTooLong_leavesTheOtherItsRoom() throws IOException {
    StreamBudget budget = new StreamBudget(new BlobFolder(folder));
    budget.fitting(new Output.Stream("stdout", "x".repeat(3_000_000)));
    Output.Stream other = new Output.Stream("stderr", "seen");
    assertThat(budget.fitting(other)).isEqualTo(other);
  }

  /** What is shown, in one piece, and the rest. */
  private List<Output> written(String text, int pieces) throws IOException {
    StreamBudget budget = new StreamBudget(new BlobFolder(folder));
    StringBuilder shown = new StringBuilder();
    for (int at = 0; at < text.length(); at += pieces) {
      String piece = text.substring(at, Math.min(text.length(), at + pieces));
      Output.Stream fitting = budget.fitting(new Output.Stream("stdout", piece));
      shown.append(fitting == null ? "" : fitting.text());
    }
    List<Output> all = new ArrayList<>(List.of(new Output.Stream("stdout", shown.toString())));
    all.addAll(budget.rest());
    return all;
  }
}
