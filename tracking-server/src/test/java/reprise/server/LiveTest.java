package reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Iterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reprise.ledger.RunEvent;
import reprise.ledger.Wire;

/** What watchers are told while it happens. */
@Timeout(30)
class LiveTest extends ServerTest {
  private static RunEvent event(Iterator<String> lines) {
    assertThat(lines.next()).isEqualTo("event: run-event");
    RunEvent event = Wire.read(lines.next().substring("data: ".length()), RunEvent.class);
    assertThat(lines.next()).isEmpty();
    return event;
  }

  @Test
  void watch_everything_hearsEachEventOnce() throws Exception {
    Recording recording = new Recording("s-1").open("r-1").cell("1").finish();
    Iterator<String> lines = watch("");
    post(recording, recording.events.subList(0, 3));
    post(recording);
    for (RunEvent expected : recording.events) {
      assertThat(event(lines)).isEqualTo(expected);
    }
  }

  @Test
  void watch_oneRun_hearsOfNoOther() throws Exception {
    Recording recording = new Recording("s-1").open("r-1").cell("1");
    post(recording);
    Iterator<String> lines = watch("?run=r-1");
    post(new Recording("s-2").open("r-2").cell("2"));
    recording.cell("3");
    post(recording);
    assertThat(event(lines)).isInstanceOf(RunEvent.SessionStarted.class); // of s-2, about no run
    assertThat(event(lines)).isEqualTo(recording.events.get(5));
  }

  @Test
  void watch_unknownRun_isRefused() throws Exception {
    assertThat(get("/api/live?run=r-9").statusCode()).isEqualTo(404);
  }

  @Test
  void watch_withoutReading_doesNotHoldIntakeUpAndIsDismissed() throws Exception {
    InputStream unread =
        client.send(request("/api/live").build(), BodyHandlers.ofInputStream()).body();
    Recording recording = new Recording("s-1").open("r-1").start("print();");
    for (int i = 0; i < 4000; i++) {
      recording.show("x".repeat(10_000)); // 40 MB, more than sockets and patience hold
    }
    for (int from = 0; from < recording.events.size(); from += 500) {
      int to = Math.min(from + 500, recording.events.size());
      assertThat(post(recording, recording.events.subList(from, to)).statusCode()).isEqualTo(200);
    }
    assertThat(unread.readAllBytes().length).isLessThan(40_000_000); // and it comes to an end
  }
}
