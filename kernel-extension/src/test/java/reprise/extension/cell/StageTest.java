package reprise.extension.cell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reprise.ledger.Output;

class StageTest {
  private final List<Output> seen = Collections.synchronizedList(new ArrayList<>());
  private final Stage stage =
      new Stage(
          CellListener.NONE,
          new FrontEnd() {
            @Override
            public void show(Output output) {
              seen.add(output);
            }

            @Override
            public @Nullable String read(String prompt, boolean password) {
              return null;
            }
          });

  private String text() {
    synchronized (seen) {
      return seen.stream()
          .map(output -> ((Output.Stream) output).text())
          .collect(Collectors.joining("|"));
    }
  }

  @Test
  void flush_halfACharacter_waitsForItsOtherHalf() {
    byte[] clef = "𝄞".getBytes(StandardCharsets.UTF_8);
    PrintStream out = stage.stream("stdout");
    out.write('a');
    out.write(clef, 0, 3);
    stage.flush();
    out.write(clef, 3, 1);
    stage.flush();
    assertThat(text()).isEqualTo("a|𝄞");
  }

  @Test
  void flush_bytesThatAreNoText_doesNotWaitForEver() {
    PrintStream out = stage.stream("stdout");
    out.write(new byte[] {(byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80}, 0, 5);
    stage.flush();
    assertThat(text()).hasSize(5);
  }

  @Test
  void write_muchText_staysWholeAndInOrder() {
    String text = "äöü€𝄞".repeat(50_000);
    stage.stream("stdout").print(text);
    stage.flush();
    assertThat(seen).hasSizeGreaterThan(5);
    assertThat(text().replace("|", "")).isEqualTo(text);
  }

  @Test
  void write_nobodyFlushes_appearsByItself() throws Exception {
    stage.stream("stderr").print("soon");
    for (int i = 0; i < 200 && seen.isEmpty(); i++) {
      Thread.sleep(10);
    }
    assertThat(seen).containsExactly(new Output.Stream("stderr", "soon"));
  }

  @Test
  void show_afterText_keepsTheOrder() {
    stage.stream("stdout").print("first");
    stage.show(new Output.Stream("stdout", "second"));
    assertThat(text()).isEqualTo("first|second");
  }
}
