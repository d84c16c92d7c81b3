package reprise.extension.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reprise.extension.cell.CellEffects;
import reprise.extension.cell.CellListener;
import reprise.extension.cell.CellRequest;
import reprise.ledger.Outcome;
import reprise.ledger.Output;

/** A cell that ends the JVM, in a JVM of its own. */
class ExitTest {
  @Test
  void exitInACell_isHeardBeforeTheEnd() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ExitTest.class.getName())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isEqualTo(3);
    assertThat(said.lines()).containsExactly("started", "showed bye", "ended Exited[]");
  }

  public static void main(String[] arguments) {
    HeadlessKernel kernel = new HeadlessKernel(new Teller(System.out), (prompt, password) -> null);
    kernel.execute(
        new CellRequest("c", 1, "System.out.print(\"bye\"); System.exit(3);", List.of()));
  }

  private record Teller(PrintStream out) implements CellListener {
    @Override
    public void started(CellRequest cell) {
      out.println("started");
    }

    @Override
    public void showed(Output output) {
      out.println("showed " + ((Output.Stream) output).text());
    }

    @Override
    public void read(String prompt, @Nullable String text) {}

    @Override
    public void ended(Outcome outcome, long tookNanos, CellEffects effects) {
      out.println("ended " + outcome);
    }
  }
}
