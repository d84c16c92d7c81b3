package reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import reprise.ledger.RunEvent;

/** A database that has no room to grow: SQLite itself is told so. */
class FullDiskTest extends ServerTest {
  @Override
  String database() {
    return super.database() + "?max_page_count=60";
  }

  @Test
  void take_withoutRoom_saysSoAndLosesNothingTakenBefore() throws Exception {
    Recording recording = new Recording("s-1").open("r-1").start("print();");
    post(recording);
    for (int i = 0; i < 1000; i++) {
      recording.show("x".repeat(1000));
    }
    HttpResponse<String> answer = post(recording, recording.events);
    assertThat(answer.statusCode()).isEqualTo(507);
    assertThat(title(answer)).contains("free some space and send again");
    assertThat(List.of(get("/api/sessions/s-1/events", RunEvent[].class)))
        .isEqualTo(recording.events.subList(0, 3));
  }
}
