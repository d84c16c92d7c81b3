package reprise.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WireTest {
  static Stream<RunEvent> everyKind() {
    Map<String, com.fasterxml.jackson.databind.JsonNode> text =
        Map.of("text/plain", TextNode.valueOf("3"));
    return Stream.of(
        Events.started(1),
        Events.opened(2, Events.RUN),
        Events.cell(3, Events.RUN, 1, "a"),
        Events.shown(4, Events.RUN, 1, new Output.Stream("stdout", "é\n\"\u2028")),
        Events.shown(5, Events.RUN, 1, new Output.StreamRest("stdout", 9, Digest.of("x"))),
        Events.shown(6, Events.RUN, 1, new Output.Result(1, text, Map.of())),
        Events.shown(7, Events.RUN, 1, new Output.Display(text, Map.of(), null)),
        Events.shown(8, Events.RUN, 1, new Output.DisplayUpdate(text, Map.of(), "d")),
        Events.shown(9, Events.RUN, 1, new Output.Cleared(true)),
        Events.shown(10, Events.RUN, 1, new Output.Traceback("E", "v", List.of("at x"))),
        new RunEvent.InputRead(Events.SESSION, 11, Events.AT, Events.RUN, 1, "name?", null),
        Events.ended(12, Events.RUN, 1, new Outcome.Interrupted("person")),
        Events.ended(13, Events.RUN, 1, new Outcome.Exited()),
        new RunEvent.SnapshotTaken(
            Events.SESSION,
            14,
            Events.AT,
            Events.RUN,
            1,
            new ExperimentName("iris"),
            "0123456789012345678901234567890123456789"),
        new RunEvent.RecordingNoted(Events.SESSION, 15, Events.AT, null, "disk full"),
        new RunEvent.DataTouched(Events.SESSION, 16, Events.AT, Events.RUN, 1, List.of()),
        new RunEvent.ChildRan(
            Events.SESSION,
            17,
            Events.AT,
            Events.RUN,
            1,
            new ChildProcess(List.of("ls", "-l"), "/home/ada", null)),
        new RunEvent.MetricLogged(
            Events.SESSION, 18, Events.AT, Events.RUN, 1, "loss", Double.NaN, 3),
        new RunEvent.ArtifactNamed(Events.SESSION, 19, Events.AT, Events.RUN, 1, "/home/ada/a.png"),
        new RunEvent.RunTagged(Events.SESSION, 20, Events.AT, Events.RUN, "team", "iris"),
        new RunEvent.RunRemarked(Events.SESSION, 21, Events.AT, Events.RUN, "better than before"),
        new RunEvent.LoadSampled(
            Events.SESSION,
            22,
            Events.AT,
            Events.RUN,
            1,
            new Load(Events.AT, 1.5, 1L << 20, 12, 9, 5L, null, null, null)),
        new RunEvent.EngineLoaded(
            Events.SESSION,
            23,
            Events.AT,
            Events.RUN,
            1,
            new Engine("PyTorch", "2.7.1", null, List.of("/natives/libtorch.so"))),
        new RunEvent.VariableRead(Events.SESSION, 24, Events.AT, Events.RUN, 1, "MODE", "exact"),
        Events.over(25));
  }

  @ParameterizedTest
  @MethodSource("everyKind")
  void write_thenRead_givesAnEqualEventOnOneLine(RunEvent event) {
    String line = Wire.write(event);
    assertThat(line).doesNotContain("\n");
    assertThat(Wire.read(line, RunEvent.class)).isEqualTo(event);
  }

  @Test
  void everyKind_ofTheSealedType_isAmongThoseTested() {
    assertThat(everyKind().map(Object::getClass).distinct())
        .containsExactlyInAnyOrder(RunEvent.class.getPermittedSubclasses());
  }

  @Test
  void read_cellEndedOfAnOlderVersion_hasNoChance() {
    String line =
        Wire.write(Events.ended(12, Events.RUN, 1, new Outcome.Succeeded()))
            .replaceFirst(",\"chance\":\\{.*}(?=})", "");
    assertThat(line).doesNotContain("chance");
    RunEvent.CellEnded ended = (RunEvent.CellEnded) Wire.read(line, RunEvent.class);
    assertThat(ended.chance()).isNull();
  }

  @Test
  void read_flowOfAnOlderVersion_hasNoNumbering() {
    Flow old = Wire.read("{\"defined\":[],\"used\":[],\"changed\":[]}", Flow.class);
    assertThat(old).isEqualTo(Flow.NONE);
  }

  @Test
  void read_reproductionOfAnOlderVersion_wasOfTheWholeRunUnchanged() {
    Reproduction old =
        Wire.read(
            "{\"run\":\"r-1\",\"at\":\"2026-11-22T10:00:00Z\",\"verdict\":\"IDENTICAL\","
                + "\"steps\":1,\"compared\":1,\"tookMillis\":5,\"verdicts\":[],"
                + "\"divergences\":[],\"normalisers\":[],\"notCompared\":[]}",
            Reproduction.class);
    assertThat(old.parameters()).isEmpty();
    assertThat(old.altered()).isEmpty();
    assertThat(old.excerpt()).isNull();
  }

  @Test
  void read_whatItWrote_isTheSameReproduction() {
    Reproduction reproduction =
        new Reproduction(
                Events.RUN,
                null,
                Events.AT,
                Verdict.DIVERGED,
                null,
                1,
                1,
                5,
                List.of(),
                List.of(),
                List.of(),
                List.of())
            .altered(Map.of("lr", "0.1"), List.of("lr is 0.1"))
            .of(new Reproduction.Excerpt(3, List.of(1), null, List.of()), 4);
    assertThat(Wire.read(Wire.write(reproduction), Reproduction.class)).isEqualTo(reproduction);
  }

  @Test
  void read_dataOfAnOlderVersion_hasItsBytesKept() {
    Data old =
        Wire.read(
            "{\"direction\":\"READ\",\"path\":\"/f\",\"size\":1,\"digest\":\"%s\"}"
                .formatted(Digest.of("x")),
            Data.class);
    assertThat(old).isEqualTo(new Data(Data.Direction.READ, "/f", 1, Digest.of("x"), null));
    assertThat(old.keepsItsBytes()).isTrue();
  }

  @Test
  void read_runOfAnOlderVersion_hasSaidNothing() {
    Run run =
        Run.of(
                Events.RUN,
                List.of(
                    Events.started(1),
                    Events.opened(2, Events.RUN),
                    Events.cell(3, Events.RUN, 1, "a")))
            .orElseThrow();
    String old =
        Wire.write(run)
            .replace(",\"metrics\":[],\"artifacts\":[],\"load\":[]", "")
            .replace(",\"tags\":{},\"remarks\":[]", "");
    assertThat(old).doesNotContain("metrics").doesNotContain("remarks");
    assertThat(Wire.read(old, Run.class)).isEqualTo(run);
  }

  @Test
  void reply_writtenAndRead_isTheSame() {
    Reply.Failure cause = new Reply.Failure("java.net.ConnectException", null, List.of(), null);
    Data data =
        new Data(
            Data.Direction.RECEIVED,
            "http://example.org/a",
            3,
            Digest.of("a,b"),
            null,
            null,
            new Reply(
                1,
                "POST",
                Digest.of("q"),
                200,
                "HTTP_1_1",
                "OK",
                "http://example.org/b",
                List.of(new Reply.Header("Content-Type", "text/csv")),
                new Reply.Failure("java.io.IOException", "cut", List.of("at x"), cause),
                true));
    assertThat(Wire.read(Wire.write(data), Data.class)).isEqualTo(data);
  }

  @Test
  void listing_writtenAndRead_isTheSame() {
    Listing listing =
        new Listing(
            List.of(
                new Listing.Entry("a\nb", 3L, null),
                new Listing.Entry("sub", null, true),
                new Listing.Entry("c", null, null)));
    assertThat(Listing.of(listing.bytes())).isEqualTo(listing);
  }

  @Test
  void read_fieldOfANewerVersion_isPassedOver() {
    assertThat(Wire.read("{\"kind\":\"interrupted\",\"by\":\"person\",\"new\":1}", Outcome.class))
        .isEqualTo(new Outcome.Interrupted("person"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{\"kind\":\"nothing we know\"}"})
  void read_notAnEvent_saysSo(String text) {
    assertThatThrownBy(() -> Wire.read(text, RunEvent.class))
        .isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void next_laterMoment_sortsAfter() {
    Random chance = new Random(1);
    RunId early = RunId.next(InstantSource.fixed(Events.AT), chance);
    RunId late = RunId.next(InstantSource.fixed(Events.AT.plusMillis(1)), chance);
    assertThat(early).isLessThan(late);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "r-", "r-A", "x-1", "r-1/../2", "r-000000000000000000000000000"})
  void runId_misshapen_isRefusedWithAnExample(String text) {
    assertThatThrownBy(() -> new RunId(text))
        .hasMessageContaining("is not a run id; one looks like r-");
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "a/b", "", "-x", "a.git", ".hidden"})
  void experimentName_unfitForAFolder_isRefused(String text) {
    assertThatThrownBy(() -> new ExperimentName(text)).hasMessageContaining("cannot name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a/My first run!.ipynb", "/x/.ipynb", "/a/../..ipynb", "数据.ipynb"})
  void experimentOf_anyNotebookPath_isAName(String path) {
    assertThat(ExperimentName.of(path).value()).isNotEmpty();
  }
}
