package reprise.server.job;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import reprise.ledger.AttemptOrder;
import reprise.server.reproducer.Reproducer;

/** Carries attempts out in child processes of the server, which end when it does. */
record LocalEngine(String command) implements Engine {
  @Override
  public Work start(AttemptOrder order, Path folder, Map<String, String> directions)
      throws IOException {
    Reproducer child =
        Reproducer.attached(
            command,
            List.of("attempt", folder.toString(), "--owned"),
            directions,
            folder.resolve("log"));
    return new Work() {
      @Override
      public boolean await(Duration patience) throws InterruptedException {
        return child.await(patience);
      }

      @Override
      public void stop() {
        child.kill();
      }

      @Override
      public void leave() {
        stop();
      }

      @Override
      public End end() {
        return child.wasKilled() ? End.KILLED : End.BY_ITSELF;
      }

      @Override
      public String lastWords() throws IOException {
        return Reproducer.lastWords(folder.resolve("log"));
      }
    };
  }
}
