package reprise.reproducer.command;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import reprise.ledger.Outcome;
import reprise.ledger.RunEvent;
import reprise.ledger.Wire;

/** What a command shows: JSON alone on stdout, or text for people there and progress on stderr. */
final class Screen {
  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean json;
  private int cells;
  private int ended;
  private String source = "";

  Screen(CommandLine commandLine, boolean json) {
    this.out = commandLine.getOut();
    this.err = commandLine.getErr();
    this.json = json;
  }

  /** The one JSON value, or the lines for people. */
  void answer(Object value, List<String> lines) {
    if (json) {
      out.println(Wire.write(value));
    } else {
      lines.forEach(out::println);
    }
    out.flush();
  }

  /** A remark for people, wherever JSON does not go. */
  void say(String line) {
    (json ? err : out).println(line);
    (json ? err : out).flush();
  }

  /** Progress, from any thread. */
  synchronized void tell(String line) {
    err.println(line);
    err.flush();
  }

  /** Begins a new count. */
  void expect(int howManyCells) {
    cells = howManyCells;
    ended = 0;
  }

  /** Shows each cell when it has ended. */
  void progress(RunEvent event) {
    if (event instanceof RunEvent.CellStarted started) {
      source = started.source();
    } else if (event instanceof RunEvent.CellEnded end) {
      ended++;
      err.printf(
          "[%d/%d] %-11s %6.1f s  %s%n",
          ended, cells, word(end.outcome()), end.tookNanos() / 1e9, firstLine());
      err.flush();
    } else if (event instanceof RunEvent.RecordingNoted noted) {
      err.println(noted.text());
      err.flush();
    }
  }

  private static String word(Outcome outcome) {
    return Wire.JSON.valueToTree(outcome).path("kind").asText();
  }

  private String firstLine() {
    String line = source.strip().lines().findFirst().orElse("");
    return line.length() <= 60 ? line : line.substring(0, 59) + "…";
  }
}
