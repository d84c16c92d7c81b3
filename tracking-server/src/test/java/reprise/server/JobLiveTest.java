package reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reprise.ledger.JobPolicy.WhilePaused;
import reprise.ledger.Trigger;

/** What watchers are told of a job while it happens. */
@Timeout(30)
class JobLiveTest extends JobServerTest {
  @Test
  void watch_timeThatComes_hearsOfIt() throws Exception {
    set(new Trigger.Every(60, now.plusSeconds(60)));
    Iterator<String> lines = watch("");
    now = now.plusSeconds(61);
    assertThat(List.of(lines.next(), lines.next()))
        .containsExactly("event: job", "data: \"daily\"");
    assertThat(firings()).isEqualTo(1);
  }

  @Test
  void watch_fileThatComesInAPause_hearsOfItToo() throws Exception {
    Path inbox = Files.createDirectory(folder.resolve("inbox"));
    set(new Trigger.Directory(inbox.toString(), null, null, 1, "day", false, null));
    pause(WhilePaused.DROP);
    Iterator<String> lines = watch("");
    Files.writeString(inbox.resolve("a.csv"), "1,2");
    Thread.sleep(1500); // it is looked at each second, by the clock of the machine
    now = now.plusSeconds(2);
    assertThat(List.of(lines.next(), lines.next()))
        .containsExactly("event: job", "data: \"daily\"");
    assertThat(firings()).isEqualTo(1);
  }
}
