package reprise.extension.magic;

import java.util.List;
import org.jspecify.annotations.Nullable;
import reprise.extension.cell.CellFailure;
import reprise.extension.cell.Speech;
import reprise.extension.cell.Voice;

/**
 * {@code %reprise}: where the recording stands, and what a person has to say about the run. What it
 * answers is seen and not recorded, for a replay is another run.
 */
final class RepriseLine {
  private static final String USAGE =
      "%reprise knows no more than: nothing, run [NAME], tag KEY=VALUE, note TEXT.";

  private final Notebook notebook;

  RepriseLine(Notebook notebook) {
    this.notebook = notebook;
  }

  @Nullable Object with(List<String> words) {
    Voice voice = Speech.current();
    String command = words.isEmpty() ? "" : words.get(0);
    List<String> rest = words.subList(Math.min(1, words.size()), words.size());
    switch (command) {
      case "", "run" -> notebook.aside(String.join("\n", voice.status())); // see RunByHand
      case "tag" -> rest.forEach(pair -> tag(pair, voice));
      case "note" -> voice.remark(String.join(" ", rest));
      default -> throw CellFailure.of("UnknownCommand", USAGE);
    }
    return null;
  }

  private static void tag(String pair, Voice voice) {
    int equals = pair.indexOf('=');
    if (equals < 1) {
      throw CellFailure.of("UnknownCommand", "A tag is KEY=VALUE, not " + pair + ".");
    }
    voice.tag(pair.substring(0, equals), pair.substring(equals + 1));
  }
}
