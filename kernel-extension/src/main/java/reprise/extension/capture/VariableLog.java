package reprise.extension.capture;

import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import reprise.ledger.RunEvent;

/** Environment variables that cells asked for; told once each, for they never change. */
final class VariableLog {
  private final Logbook log;
  private final Set<String> told = new HashSet<>();

  VariableLog(Logbook log) {
    this.log = log;
  }

  /**
   * @param asked by the step that ends; empty for what was not set
   */
  void append(Map<String, Optional<String>> asked) throws IOException {
    for (Map.Entry<String, Optional<String>> variable : asked.entrySet()) {
      if (told.add(variable.getKey())) {
        log.append(
            n ->
                new RunEvent.VariableRead(
                    log.session().id(),
                    n,
                    log.now(),
                    log.run(),
                    log.step(),
                    variable.getKey(),
                    variable.getValue().orElse(null)));
      }
    }
  }
}
