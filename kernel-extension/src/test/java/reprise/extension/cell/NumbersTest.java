package reprise.extension.cell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reprise.ledger.Flow;
import reprise.ledger.Pipeline;

/** What JShell's numbers are in an engine that leaves cells out. */
class NumbersTest {
  private static final String WHOSE_NAME_SHOWS = "class Foo {}\nnew Foo().getClass().getName()";

  private static final class Session implements AutoCloseable {
    private final CellEngine engine = new CellEngine(CellListener.NONE);
    private Flow flow = Flow.NONE;

    @Nullable Object run(String source) {
      engine.begin(new CellRequest("cell", 1, source, List.of()));
      try {
        return engine.run(source, source, 0);
      } finally {
        flow = engine.end().flow();
      }
    }

    void leaveOut(Flow.Numbering until, String... variables) {
      engine.leaveOut(new Pipeline.Gap(until, List.of(variables)));
    }

    Flow.Numbering numbering() {
      return Objects.requireNonNull(flow.numbering());
    }

    @Override
    public void close() {
      engine.close();
    }
  }

  @Test
  void leaveOut_cellsOfAllKinds_leavesTheNumbersOfThoseThatFollow() {
    try (Session whole = new Session();
        Session sliced = new Session()) {
      whole.run("int a = 1, b = 2;\na + b");
      whole.run(
          "import java.time.*;\nfor (int i = 0; i < 3; i++) a++;\nint f(int x) { return x; }");
      Object expected = whole.run(WHOSE_NAME_SHOWS);
      Flow.Numbering before = whole.numbering();
      assertThat(expected).asString().matches("REPL\\.\\$JShell\\$\\d+\\$Foo");

      sliced.leaveOut(before);
      assertThat(sliced.run(WHOSE_NAME_SHOWS)).isEqualTo(expected);
      assertThat(sliced.numbering()).isEqualTo(before);
      try (Session unaware = new Session()) {
        assertThat(unaware.run(WHOSE_NAME_SHOWS)).isNotEqualTo(expected);
      }
    }
  }

  @Test
  void leaveOut_moreNumbersThanOneDeclarationTakes_leavesThemAll() {
    try (Session sliced = new Session()) {
      sliced.leaveOut(new Flow.Numbering(1_999, 0));
      assertThat(sliced.run(WHOSE_NAME_SHOWS)).isEqualTo("REPL.$JShell$2000$Foo");
    }
  }

  @Test
  void leaveOut_variableDeclaredAgainLater_doesNotShiftWhatFollows() {
    try (Session whole = new Session();
        Session sliced = new Session()) {
      whole.run("double rate = 0.1;");
      whole.run("double rate = 0.2;");
      Object expected = whole.run(WHOSE_NAME_SHOWS);

      sliced.leaveOut(new Flow.Numbering(2, 0), "rate");
      sliced.run("double rate = 0.2;");
      assertThat(sliced.run(WHOSE_NAME_SHOWS)).isEqualTo(expected);
    }
  }

  @Test
  void leaveOut_results_leavesTheNamesOfThoseThatFollow() {
    try (Session whole = new Session();
        Session sliced = new Session()) {
      whole.run("1 + 1");
      whole.run("2 + 2");
      Flow.Numbering before = whole.numbering();
      assertThat(whole.run("$2 * 10")).isEqualTo(40);

      sliced.leaveOut(before);
      sliced.run("2 + 2");
      assertThat(sliced.run("$2 * 10")).isEqualTo(40);
    }
  }
}
