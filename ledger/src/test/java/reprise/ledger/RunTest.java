package reprise.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RunTest {
  private static final RunId SECOND = new RunId("r-1a2b3c4e");
  private static final Outcome FAILED = new Outcome.Failed("IOException", "no such file");

  @Test
  void of_runThatContinues_hasTheEarlierStepsInItsHistoryOnly() {
    List<RunEvent> events =
        List.of(
            Events.started(1),
            Events.opened(2, Events.RUN),
            Events.cell(3, Events.RUN, 1, "a"),
            Events.ended(4, Events.RUN, 1, new Outcome.Succeeded()),
            Events.opened(5, SECOND),
            Events.cell(6, SECOND, 2, "a"),
            Events.ended(7, SECOND, 2, new Outcome.Succeeded()));
    Run second = Run.of(SECOND, events).orElseThrow();
    assertThat(second.history()).extracting(Step::step).containsExactly(1, 2);
    assertThat(second.steps()).extracting(Step::step).containsExactly(2);
    assertThat(second.status()).isEqualTo(RunStatus.RUNNING);
    assertThat(Run.of(Events.RUN, events).orElseThrow().history())
        .extracting(Step::step)
        .containsExactly(1);
    assertThat(Run.of(Events.RUN, events).orElseThrow().status()).isEqualTo(RunStatus.SUCCEEDED);
  }

  @Test
  void of_failedCellMendedLater_succeeded() {
    assertThat(statusOf(FAILED, new Outcome.Succeeded())).isEqualTo(RunStatus.SUCCEEDED);
  }

  @Test
  void of_lastExecutionFailed_failed() {
    assertThat(statusOf(new Outcome.Succeeded(), FAILED)).isEqualTo(RunStatus.FAILED);
  }

  @Test
  void of_stepWithoutEndInEndedSession_interrupted() {
    Run run =
        Run.of(
                Events.RUN,
                List.of(
                    Events.started(1),
                    Events.opened(2, Events.RUN),
                    Events.cell(3, Events.RUN, 1, "a"),
                    Events.over(4)))
            .orElseThrow();
    assertThat(run.status()).isEqualTo(RunStatus.INTERRUPTED);
  }

  /** A run opens for a cell, so its kernel did not get as far as that. */
  @Test
  void of_killedBeforeTheFirstStep_interrupted() {
    Run run =
        Run.of(
                Events.RUN,
                List.of(
                    Events.started(1),
                    Events.opened(2, Events.RUN),
                    new RunEvent.SessionEnded(Events.SESSION, 3, Events.AT, "killed")))
            .orElseThrow();
    assertThat(run.status()).isEqualTo(RunStatus.INTERRUPTED);
  }

  @Test
  void of_moreOfAReply_takesThePlaceOfWhatWasKnown() {
    List<RunEvent> events =
        List.of(
            Events.started(1),
            Events.opened(2, Events.RUN),
            Events.cell(3, Events.RUN, 1, "a"),
            Events.ended(4, Events.RUN, 1, new Outcome.Succeeded()),
            touched(5, reply(1, "be")),
            touched(6, reply(2, "other")),
            touched(7, reply(1, "beginning")));
    List<Data> data = Run.of(Events.RUN, events).orElseThrow().history().get(0).data();
    assertThat(data)
        .filteredOn(it -> it.reply() != null)
        .containsExactly(reply(1, "beginning"), reply(2, "other"));
  }

  private static RunEvent touched(long number, Data data) {
    return new RunEvent.DataTouched(
        Events.SESSION, number, Events.AT, Events.RUN, 1, List.of(data));
  }

  private static Data reply(int number, String body) {
    Reply reply = new Reply(number, "GET", null, 200, null, null, null, List.of(), null, null);
    return new Data(
        Data.Direction.RECEIVED,
        "http://example.org/",
        body.length(),
        Digest.of(body),
        null,
        null,
        reply);
  }

  @Test
  void of_unknownRun_isEmpty() {
    assertThat(Run.of(SECOND, List.of(Events.started(1)))).isEmpty();
  }

  @Test
  void of_whatTheNotebookSaid_belongsToItsRunAndStep() {
    List<RunEvent> events =
        List.of(
            Events.started(1),
            Events.opened(2, Events.RUN),
            Events.cell(3, Events.RUN, 1, "a"),
            new RunEvent.RunTagged(Events.SESSION, 4, Events.AT, Events.RUN, "stage", "draft"),
            new RunEvent.RunTagged(Events.SESSION, 5, Events.AT, Events.RUN, "stage", "final"),
            new RunEvent.RunRemarked(Events.SESSION, 6, Events.AT, Events.RUN, "went well"),
            new RunEvent.MetricLogged(Events.SESSION, 7, Events.AT, Events.RUN, 1, "loss", 0.5, 0),
            new RunEvent.ArtifactNamed(Events.SESSION, 8, Events.AT, Events.RUN, 1, "/m"),
            Events.opened(9, SECOND),
            Events.cell(10, SECOND, 2, "b"));
    Run first = Run.of(Events.RUN, events).orElseThrow();
    assertThat(first.tags()).containsOnly(java.util.Map.entry("stage", "final"));
    assertThat(first.remarks()).containsExactly("went well");
    Run second = Run.of(SECOND, events).orElseThrow();
    assertThat(second.tags()).isEmpty();
    assertThat(second.remarks()).isEmpty();
    assertThat(second.history().get(0).metrics())
        .containsExactly(new Metric("loss", 0.5, 0, Events.AT));
    assertThat(second.history().get(0).artifacts()).containsExactly("/m");
    assertThat(second.history().get(1).metrics()).isEmpty();
  }

  private static RunStatus statusOf(Outcome first, Outcome then) {
    return Run.of(
            Events.RUN,
            List.of(
                Events.started(1),
                Events.opened(2, Events.RUN),
                Events.cell(3, Events.RUN, 1, "a"),
                Events.ended(4, Events.RUN, 1, first),
                Events.cell(5, Events.RUN, 2, "a"),
                Events.ended(6, Events.RUN, 2, then),
                Events.over(7)))
        .orElseThrow()
        .status();
  }
}
