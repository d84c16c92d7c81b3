package reprise.ledger.slice;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reprise.ledger.Data;
import reprise.ledger.Data.Direction;
import reprise.ledger.Flow;
import reprise.ledger.Flow.DeclarationKind;
import reprise.ledger.Flow.Name;
import reprise.ledger.Outcome;
import reprise.ledger.Output;
import reprise.ledger.RunId;
import reprise.ledger.Stage;
import reprise.ledger.Step;
import reprise.ledger.Value;

/** Where a run can be cut because nothing but files crosses. */
class StagesTest {
  private final List<Step> steps = new ArrayList<>();

  private static Name variable(String name, int step) {
    return new Name(DeclarationKind.VARIABLE, name, step);
  }

  private static Data read(String path) {
    return new Data(Direction.READ, path, 1, null, null);
  }

  private static Data written(String path) {
    return new Data(Direction.WRITTEN, path, 1, null, null);
  }

  private void step(String source, Flow flow, Data... data) {
    step(source, flow, List.of(), data);
  }

  private void step(String source, Flow flow, List<Output> outputs, Data... data) {
    steps.add(
        new Step(
            steps.size() + 1,
            new RunId("r-1"),
            "c",
            1,
            source,
            List.of(),
            Instant.EPOCH,
            1_000_000_000L,
            new Outcome.Succeeded(),
            outputs,
            List.of(),
            List.of(data),
            List.of(),
            List.<Value>of(),
            List.of(),
            null,
            flow,
            List.of(),
            null,
            null,
            null,
            null,
            null));
  }

  private static Flow defines(String name, int step) {
    return new Flow(List.of(variable(name, step)), List.of(), List.of(), null);
  }

  private static Flow uses(Name... names) {
    return new Flow(List.of(), List.of(names), List.of(), null);
  }

  private static Flow changes(Name... names) {
    return new Flow(List.of(), List.of(), List.of(names), null);
  }

  @Test
  void of_partsThatMeetInFilesOnly_areStagesInTheirOrder() {
    step("int rate = 2;", defines("rate", 1));
    step("clean(a)", uses(variable("rate", 1)), read("/a.csv"), written("/a.clean"));
    step("clean(b)", uses(variable("rate", 1)), read("/b.csv"), written("/b.clean"));
    step("join()", Flow.NONE, read("/a.clean"), read("/b.clean"), written("/all"));
    List<Stage> stages = Stages.of(steps);
    assertThat(stages)
        .containsExactly(
            new Stage(1, List.of(1, 2), List.of(), 1000),
            new Stage(2, List.of(1, 3), List.of(), 1000),
            new Stage(3, List.of(4), List.of(1, 2), 1000));
    assertThat(Stages.longestChain(stages)).isEqualTo(2000);
  }

  @Test
  void of_partsThatShareAnObjectThatIsChanged_areOne() {
    step("var all = new ArrayList<>();", defines("all", 1));
    step("all.add(a)", changes(variable("all", 1)), read("/a.csv"));
    step("all.add(b)", changes(variable("all", 1)), read("/b.csv"));
    assertThat(Stages.of(steps)).containsExactly(new Stage(1, List.of(1, 2, 3), List.of(), 3000));
  }

  @Test
  void of_partsThatReadOneAnothersFiles_areOne() {
    step("var x = load();", defines("x", 1), read("/in"), written("/1"));
    step("two()", Flow.NONE, read("/1"), written("/2"));
    step("x.use()", uses(variable("x", 1)), read("/2"));
    assertThat(Stages.of(steps)).containsExactly(new Stage(1, List.of(1, 2, 3), List.of(), 3000));
  }

  @Test
  void of_stepThatShowsSomething_isDoneOnce() {
    Output shown = new Output.Stream("stdout", "hello");
    step("int n = 1; print(\"hello\");", defines("n", 1), List.of(shown));
    step("a(n)", uses(variable("n", 1)), written("/a"));
    step("b(n)", uses(variable("n", 1)), written("/b"));
    assertThat(Stages.of(steps)).hasSize(1);
  }

  @Test
  void of_propertySetForAll_staysBeforeAllThatFollows() {
    step("System.setProperty(\"a\", \"b\");", Flow.NONE);
    step("a()", Flow.NONE, written("/a"));
    step("b()", Flow.NONE, written("/b"));
    assertThat(Stages.of(steps))
        .containsExactly(
            new Stage(1, List.of(1, 2), List.of(), 1000),
            new Stage(2, List.of(1, 3), List.of(), 1000));
  }

  @Test
  void of_stepOfWhichNobodyKnows_isNotCut() {
    step("a()", Flow.NONE, written("/a"));
    steps.add(withoutFlow());
    assertThat(Stages.of(steps)).containsExactly(new Stage(1, List.of(1, 2), List.of(), 2000));
  }

  private static Step withoutFlow() {
    return new Step(
        2,
        new RunId("r-1"),
        "c",
        1,
        "b()",
        List.of(),
        Instant.EPOCH,
        1_000_000_000L,
        new Outcome.Succeeded(),
        List.of(),
        List.of(),
        List.of(written("/b")),
        List.of(),
        List.of(),
        List.of(),
        null,
        null,
        List.of(),
        null,
        null,
        null,
        null,
        null);
  }

  @Test
  void of_nothing_isNothing() {
    assertThat(Stages.of(List.of())).isEmpty();
  }
}
