package reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.ledger.RunEvent;
import reprise.ledger.Wire;

/** What the taking in of events promises to those who send them. */
@Tag("database")
class EventIntakeTest extends ServerTest {
  private final Recording recording = new Recording("s-1").open("r-1").cell("int a = 1;").finish();

  private List<RunEvent> stored() throws Exception {
    return List.of(get("/api/sessions/s-1/events", RunEvent[].class));
  }

  @Test
  void take_allEvents_givesThemBackAndSaysWhichIsNext() throws Exception {
    assertThat(post(recording).body()).isEqualTo("{\"next\":7}");
    assertThat(stored()).isEqualTo(recording.events);
  }

  @Test
  void take_sentTwice_isKeptOnce() throws Exception {
    post(recording);
    assertThat(post(recording).body()).isEqualTo("{\"next\":7}");
    assertThat(stored()).isEqualTo(recording.events);
  }

  @Test
  void take_overlappingWhatIsStored_keepsWhatIsNew() throws Exception {
    post(recording, recording.events.subList(0, 4));
    assertThat(post(recording, recording.events.subList(2, 6)).body()).isEqualTo("{\"next\":7}");
    assertThat(stored()).isEqualTo(recording.events);
  }

  @Test
  void take_nothing_isASignOfLife() throws Exception {
    assertThat(post(recording, List.of()).body()).isEqualTo("{\"next\":1}");
  }

  @Test
  void take_afterAGap_namesTheEventExpected() throws Exception {
    post(recording, recording.events.subList(0, 2));
    HttpResponse<String> answer = post(recording, recording.events.subList(3, 6));
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(title(answer)).startsWith("event 3 was expected, but 4 came");
    assertThat(stored()).hasSize(2);
  }

  @Test
  void take_gapInsideTheBatch_takesNothing() throws Exception {
    List<RunEvent> batch = new ArrayList<>(recording.events);
    batch.remove(3);
    HttpResponse<String> answer = post(recording, batch);
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(title(answer)).startsWith("event 4 was expected, but 5 came");
    assertThat(stored()).isEmpty();
  }

  @Test
  void take_wrongOrder_takesNothing() throws Exception {
    List<RunEvent> batch = new ArrayList<>(recording.events);
    batch.add(2, batch.remove(3));
    assertThat(post(recording, batch).statusCode()).isEqualTo(409);
    assertThat(stored()).isEmpty();
  }

  @Test
  void take_anotherContentUnderAKnownNumber_isAConflictAndTakesNothing() throws Exception {
    post(recording, recording.events.subList(0, 3));
    Recording forged = new Recording("s-1").open("r-1").cell("int a = 2;").finish();
    HttpResponse<String> answer = post(forged, forged.events);
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(title(answer)).contains("event 3").contains("another content");
    assertThat(stored()).isEqualTo(recording.events.subList(0, 3));
  }

  @Test
  void take_sameContentSpacedOtherwise_isTheSame() throws Exception {
    post(recording);
    String pretty =
        Wire.JSON
            .writerWithDefaultPrettyPrinter()
            .writeValueAsString(recording.events.toArray(RunEvent[]::new));
    assertThat(post("/api/sessions/s-1/events", pretty).body()).isEqualTo("{\"next\":7}");
  }

  @Test
  void take_eventOfAnotherSession_isRefused() throws Exception {
    HttpResponse<String> answer =
        post("/api/sessions/s-2/events", Wire.write(recording.events.toArray(RunEvent[]::new)));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(title(answer)).contains("event 1 is of session s-1, but was sent to s-2");
  }

  @Test
  void take_runThatAnotherSessionOpened_rollsTheWholeBatchBack() throws Exception {
    post(recording);
    Recording second = new Recording("s-2").open("r-2").cell("1").open("r-1").cell("2");
    HttpResponse<String> answer = post(second, second.events);
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(title(answer)).contains("run r-1, which was opened before, in session s-1");
    assertThat(get("/api/sessions/s-2/events", RunEvent[].class)).isEmpty();
    assertThat(get("/api/runs/r-2").statusCode()).isEqualTo(404);
  }

  @Test
  void take_whatANewerKernelAdded_isKept() throws Exception {
    String text = Wire.write(recording.events.get(0));
    String newer = text.substring(0, text.length() - 1) + ",\"mood\":\"good\"}";
    post("/api/sessions/s-1/events", "[ " + newer + " ]");
    assertThat(get("/api/sessions/s-1/events").body()).isEqualTo("[" + newer + "]");
  }

  @Test
  void take_notJson_saysWhere() throws Exception {
    HttpResponse<String> answer = post("/api/sessions/s-1/events", "[{\"kind\":");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(title(answer)).contains("line 1");
  }

  @Test
  void take_aPartMissing_namesIt() throws Exception {
    HttpResponse<String> answer =
        post(
            "/api/sessions/s-1/events",
            "[{\"kind\":\"session-ended\",\"session\":\"s-1\",\"number\":2,\"how\":\"exit\"}]");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(title(answer)).isEqualTo("at of event 2 is missing");
  }

  @Test
  void take_moreThanTheLimit_isRefusedBeforeItIsRead() throws Exception {
    assertThat(answerToHead("POST", "/api/sessions/s-1/events", 65 << 20))
        .startsWith("HTTP/1.1 413");
  }

  @Test
  void take_twoClientsAtOnce_keepsBothWhole() throws Exception {
    List<Recording> recordings = List.of(longOne("s-a", "r-a"), longOne("s-b", "r-b"));
    List<CompletableFuture<?>> clients = new ArrayList<>();
    for (Recording one : recordings) {
      clients.add(CompletableFuture.runAsync(() -> sendInPieces(one)));
    }
    for (CompletableFuture<?> one : clients) {
      one.get();
    }
    for (Recording one : recordings) {
      assertThat(get("/api/sessions/" + one.session + "/events", RunEvent[].class))
          .containsExactlyElementsOf(one.events);
    }
  }

  @Test
  void take_twoClientsWithTheSameJournal_keepsItOnce() throws Exception {
    Recording one = longOne("s-a", "r-a");
    CompletableFuture<?> first = CompletableFuture.runAsync(() -> sendInPieces(one));
    CompletableFuture<?> second = CompletableFuture.runAsync(() -> sendInPieces(one));
    first.get();
    second.get();
    assertThat(get("/api/sessions/s-a/events", RunEvent[].class))
        .containsExactlyElementsOf(one.events);
  }

  private static Recording longOne(String session, String run) {
    Recording recording = new Recording(session).open(run);
    for (int cell = 0; cell < 100; cell++) {
      recording.cell("int a" + cell + " = 1;");
    }
    return recording;
  }

  private void sendInPieces(Recording recording) {
    try {
      for (int from = 0; from < recording.events.size(); from += 7) {
        int to = Math.min(from + 7, recording.events.size());
        assertThat(post(recording, recording.events.subList(from, to)).statusCode()).isEqualTo(200);
      }
    } catch (Exception e) {
      throw new IllegalStateException("sending failed", e);
    }
  }
}
