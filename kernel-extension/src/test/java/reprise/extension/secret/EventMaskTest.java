package reprise.extension.secret;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reprise.ledger.ChildProcess;
import reprise.ledger.Digest;
import reprise.ledger.Environment;
import reprise.ledger.Notebook;
import reprise.ledger.Outcome;
import reprise.ledger.Output;
import reprise.ledger.RunEvent;
import reprise.ledger.RunId;
import reprise.ledger.SessionId;
import reprise.ledger.Value;
import reprise.ledger.Wire;

class EventMaskTest {
  private static final SessionId SESSION = new SessionId("s-0001");
  private static final RunId RUN = new RunId("r-0001");
  private static final Instant AT = Instant.parse("2026-11-22T10:00:00Z");
  private static final String SECRET = "correct-horse-9";
  private static final JsonNode TEXT = Wire.JSON.valueToTree("it is " + SECRET);

  private final Mask mask = new Mask();
  private final EventMask events = new EventMask(mask);

  static List<RunEvent> events() {
    Map<String, JsonNode> forms =
        Map.of(
            "text/plain",
            TEXT,
            "application/json",
            Wire.JSON.valueToTree(Map.of("a", List.of(SECRET), "apiKey", "k1")));
    return List.of(
        started(),
        output(new Output.Result(1, forms, Map.of())),
        output(new Output.Display(forms, Map.of(), "d1")),
        output(new Output.DisplayUpdate(forms, Map.of(), "d1")),
        output(new Output.Traceback("Broken", "by " + SECRET, List.of("at " + SECRET))),
        new RunEvent.InputRead(SESSION, 2, AT, RUN, 1, SECRET + "?", SECRET),
        ended(new Value("login", "String", SECRET, null)),
        new RunEvent.ChildRan(
            SESSION,
            2,
            AT,
            RUN,
            1,
            new ChildProcess(List.of("echo", "-" + SECRET), "/home/ada", 0)),
        new RunEvent.RecordingNoted(SESSION, 2, AT, RUN, "cannot read " + SECRET));
  }

  private static RunEvent started() {
    return new RunEvent.SessionStarted(
        SESSION,
        1,
        AT,
        new Notebook("/home/ada/a.ipynb", "given"),
        "reprise",
        "host",
        1,
        new Environment(
            new Environment.Jdk("17", "v", "/jdk"),
            List.of("-Da=" + SECRET),
            "Linux",
            2,
            1,
            List.of(),
            "de",
            "UTC",
            "UTF-8",
            "\n",
            "/home/ada",
            Map.of("JAVA_TOOL_OPTIONS", SECRET),
            null,
            null));
  }

  private static RunEvent output(Output output) {
    return new RunEvent.OutputAdded(SESSION, 2, AT, RUN, 1, output);
  }

  private static RunEvent ended(Value value) {
    return new RunEvent.CellEnded(
        SESSION,
        2,
        AT,
        RUN,
        1,
        new Outcome.Failed("Broken", "by " + SECRET),
        5,
        List.of(),
        List.of(),
        List.of(value),
        List.of(),
        null,
        null);
  }

  @ParameterizedTest
  @MethodSource("events")
  void masked_eventWithAKnownSecret_hasItNowhere(RunEvent event) {
    mask.know("password", SECRET);
    assertThat(Wire.write(event)).contains(SECRET);
    String masked = Wire.write(events.masked(event));
    assertThat(masked).doesNotContain(SECRET).contains("[masked:password]");
    assertThat(masked).doesNotContain("\"k1\"");
    assertThat(Wire.read(masked, RunEvent.class)).isInstanceOf(event.getClass());
  }

  @ParameterizedTest
  @MethodSource("events")
  void masked_secretThatIsOneOfOurOwnWords_leavesTheEventReadable(RunEvent event) {
    for (String word : List.of("s-0001", "2026-11-22", "output-added", "cell-ended", "password")) {
      mask.know("password", word);
    }
    RunEvent masked = events.masked(event);
    assertThat(Wire.read(Wire.write(masked), RunEvent.class)).isEqualTo(masked);
    assertThat(masked.session()).isEqualTo(SESSION);
  }

  @Test
  void masked_lineAskedForAsAPassword_isNotWrittenDown() {
    RunEvent.InputRead read =
        (RunEvent.InputRead)
            events.masked(
                new RunEvent.InputRead(SESSION, 2, AT, RUN, 1, "DB password: ", "open-9"));
    assertThat(read.text()).isNull();
    assertThat(mask.text("it was open-9")).isEqualTo("it was [masked:password]");
  }

  @Test
  void masked_valueOfASecretName_hasNeitherTextNorDigest() {
    Digest digest = Digest.of("abc");
    RunEvent.CellEnded masked =
        (RunEvent.CellEnded) events.masked(ended(new Value("password", "char[]", null, digest)));
    assertThat(masked.values())
        .containsExactly(new Value("password", "char[]", "[masked:password]", null));
  }

  @Test
  void masked_optionOfACommand_hidesTheWordBehindIt() {
    ChildProcess child =
        new ChildProcess(List.of("mysql", "--password", "h2", "-v"), "/home/ada", 0);
    RunEvent.ChildRan masked =
        (RunEvent.ChildRan) events.masked(new RunEvent.ChildRan(SESSION, 2, AT, RUN, 1, child));
    assertThat(masked.child().command())
        .containsExactly("mysql", "--password", "[masked:password]", "-v");
  }
}
