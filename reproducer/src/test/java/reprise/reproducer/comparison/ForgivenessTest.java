package reprise.reproducer.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reprise.ledger.Environment;
import reprise.ledger.ExperimentName;
import reprise.ledger.Notebook;
import reprise.ledger.Origin;
import reprise.ledger.Outcome;
import reprise.ledger.Output;
import reprise.ledger.Reproduction;
import reprise.ledger.Reproduction.Kind;
import reprise.ledger.Reproduction.NormaliserUse;
import reprise.ledger.Run;
import reprise.ledger.RunEvent;
import reprise.ledger.RunId;
import reprise.ledger.SessionId;
import reprise.ledger.Value;
import reprise.ledger.Verdict;

class ForgivenessTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "accuracy: 0.910|accuracy: 0.915",
        "Accuracy = 0.91 after 3 epochs|Accuracy = 0.905 after 3 epochs",
        "{\"accuracy\": 9.1e-1}|{\"accuracy\": 0.91}",
        "the accuracy is 0.91.|the accuracy is 0.92.",
      })
  void within_namedNumberIsClose_isForgivenByName(String before, String now) {
    assertThat(ground(Map.of("accuracy", "0.01"), Kind.OUTPUT, "stdout", before, now))
        .isEqualTo(new Forgiveness.Ground("tolerance accuracy=0.01", false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "accuracy: 0.91|accuracy: 0.93",
        "accuracy: 0.91|accuracy: NaN",
        "accuracy: 0.91|precision: 0.91",
        "inaccuracy: 0.91|inaccuracy: 0.911",
        "accuracy: 0.91 loss: 0.20|accuracy: 0.911 loss: 0.21",
        "accuracy: 0.91|accuracy: 0.911 accuracy: 0.911",
      })
  void within_anythingElseDiffers_isNotForgiven(String before, String now) {
    assertThat(ground(Map.of("accuracy", "0.01"), Kind.OUTPUT, "stdout", before, now)).isNull();
  }

  @Test
  void within_severalNamesInOneText_eachByItsOwnBound() {
    Map<String, String> tolerances = Map.of("accuracy", "0.01", "loss", "10%");
    String before = "accuracy 0.91, loss 0.20";
    assertThat(ground(tolerances, Kind.RESULT, "text/plain", before, "accuracy 0.915, loss 0.21"))
        .isNotNull();
    assertThat(ground(tolerances, Kind.RESULT, "text/plain", before, "accuracy 0.915, loss 0.3"))
        .isNull();
  }

  @Test
  void within_metricOrVariableOfTheName_allItsNumbersAreHeldAgainstTheBound() {
    Map<String, String> tolerances = Map.of("loss", "0.1");
    assertThat(ground(tolerances, Kind.VALUE, "metric loss", "0: 1.5\n1: 0.7", "0: 1.4\n1: 0.75"))
        .isNotNull();
    assertThat(ground(tolerances, Kind.VALUE, "metric loss", "0: 1.5\n1: 0.7", "0: 1.5\n1: 0.9"))
        .isNull();
    assertThat(ground(tolerances, Kind.VALUE, "loss", "0.7", "0.75")).isNotNull();
    assertThat(ground(tolerances, Kind.VALUE, "gloss", "0.7", "0.75")).isNull();
  }

  @Test
  void within_anyName_forgivesEveryNumberButNoWord() {
    Map<String, String> tolerances = Map.of("*", "0.5%");
    assertThat(ground(tolerances, Kind.RESULT, "text/plain", "[1000, 2000]", "[1001, 1999]"))
        .isNotNull();
    assertThat(ground(tolerances, Kind.RESULT, "text/plain", "a 1000", "b 1000")).isNull();
    assertThat(ground(tolerances, Kind.RESULT, "text/plain", "v1000", "v1001")).isNull();
  }

  @Test
  void within_dataOrOutcome_isNeverForgiven() {
    Map<String, String> tolerances = Map.of("*", "1000000");
    assertThat(ground(tolerances, Kind.OUTCOME, "ls", "exit code 0", "exit code 1")).isNull();
    assertThat(ground(tolerances, Kind.DATA, "/f", "1", "2")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"much", "", "-1", "%", "NaN", "1e999"})
  void within_boundThatIsNone_isRefusedWithAnExample(String bound) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Forgiveness.within(Map.of("loss", bound)))
        .withMessage(
            "'%s' is no tolerance; give a number such as loss=0.01, or a share such as loss=1%%."
                .formatted(bound));
  }

  @Test
  void noise_originalIsAsFarAsReplaysAre_isWithinNoise() {
    Reproduction it = compared(run("loss 0.70"), run("loss 0.72"), run("loss 0.75"));
    assertThat(it.verdict()).isEqualTo(Verdict.WITHIN_NOISE);
    assertThat(it.normalisers()).containsExactly(new NormaliserUse(1, "noise of 2 replays"));
    assertThat(it.divergences()).isEmpty();
  }

  @Test
  void noise_originalIsFurtherAwayThanReplaysAre_isDiverged() {
    Reproduction it = compared(run("loss 0.90"), run("loss 0.72"), run("loss 0.75"));
    assertThat(it.verdict()).isEqualTo(Verdict.DIVERGED);
    assertThat(it.divergences())
        .singleElement()
        .matches(found -> found.actual().equals("loss 0.72"));
  }

  @Test
  void noise_replaysAgreeWithEachOther_forgivesNothing() {
    assertThat(compared(run("a"), run("b"), run("b")).verdict()).isEqualTo(Verdict.DIVERGED);
  }

  @Test
  void noise_textThatVariesEachTime_isWithinNoise() {
    assertThat(compared(run("id x"), run("id y"), run("id z")).verdict())
        .isEqualTo(Verdict.WITHIN_NOISE);
  }

  @Test
  void noise_stepThatSometimesFails_isDiverged() {
    Run failed = run("a", new Outcome.Failed("java.lang.Error", null));
    assertThat(compared(run("a"), failed, run("a")).verdict()).isEqualTo(Verdict.DIVERGED);
  }

  @Test
  void noise_oneReplay_isRefused() {
    Run run = run("a");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Forgiveness.noise(run, List.of(run)))
        .withMessage("Noise shows between two replays at least.");
  }

  private static Reproduction compared(Run original, Run... replays) {
    return Comparison.of(
        original,
        replays[0],
        Comparison.pair(original, replays[0]),
        List.of(),
        Forgiveness.noise(original, List.of(replays)),
        NOW,
        Duration.ZERO);
  }

  private static Forgiveness.@Nullable Ground ground(
      Map<String, String> tolerances, Kind kind, String what, String before, String now) {
    return Forgiveness.within(tolerances)
        .of(new Forgiveness.Difference(1, kind, what, before, now));
  }

  private static Run run(String printed) {
    return run(printed, new Outcome.Succeeded());
  }

  /** A run of one step that printed this. */
  private static Run run(String printed, Outcome outcome) {
    SessionId session = new SessionId("s-1a2b3c4d5e6f7g");
    RunId run = new RunId("r-1a2b3c4d5e6f7g");
    Environment environment =
        new Environment(
            new Environment.Jdk("17", "any", "/jdk"),
            List.of(),
            "Linux",
            2,
            1 << 30,
            List.of(),
            "en",
            "UTC",
            "UTF-8",
            "\n",
            "/work",
            Map.of(),
            null,
            null);
    List<RunEvent> events = new ArrayList<>();
    events.add(
        new RunEvent.SessionStarted(
            session, 1, NOW, new Notebook(null, "unknown"), "reprise 1", "here", 1, environment));
    events.add(
        new RunEvent.RunOpened(
            session, 2, NOW, run, new ExperimentName("e"), null, null, new Origin.Headless()));
    events.add(new RunEvent.CellStarted(session, 3, NOW, run, 1, "c", 1, "any", List.of()));
    events.add(
        new RunEvent.OutputAdded(session, 4, NOW, run, 1, new Output.Stream("stdout", printed)));
    List<Value> none = List.of();
    events.add(
        new RunEvent.CellEnded(
            session, 5, NOW, run, 1, outcome, 1, List.of(), List.of(), none, List.of(), null,
            null));
    return Run.of(run, events).orElseThrow();
  }
}
