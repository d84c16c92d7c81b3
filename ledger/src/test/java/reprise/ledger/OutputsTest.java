package reprise.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutputsTest {
  @Test
  void shown_consecutivePiecesOfOneStream_areOneText() {
    assertThat(Outputs.shown(List.of(out("a"), out("b"), err("!"), out("c"))))
        .containsExactly(out("ab"), err("!"), out("c"));
  }

  @Test
  void shown_update_takesThePlaceOfItsDisplayOnly() {
    Output.DisplayUpdate update = new Output.DisplayUpdate(text("new"), Map.of(), "1");
    assertThat(Outputs.shown(List.of(display("old", "1"), display("other", "2"), update)))
        .containsExactly(display("new", "1"), display("other", "2"));
  }

  @Test
  void shown_cleared_startsAgain() {
    assertThat(Outputs.shown(List.of(out("a"), new Output.Cleared(false), out("b"))))
        .containsExactly(out("b"));
  }

  @Test
  void shown_clearedWaiting_keepsUntilTheNextOutputComes() {
    Output.Cleared waiting = new Output.Cleared(true);
    assertThat(Outputs.shown(List.of(out("a"), waiting))).containsExactly(out("a"));
    assertThat(Outputs.shown(List.of(out("a"), waiting, out("b")))).containsExactly(out("b"));
  }

  private static Output out(String text) {
    return new Output.Stream("stdout", text);
  }

  private static Output err(String text) {
    return new Output.Stream("stderr", text);
  }

  private static Output display(String text, String id) {
    return new Output.Display(text(text), Map.of(), id);
  }

  private static Map<String, JsonNode> text(String text) {
    return Map.of("text/plain", TextNode.valueOf(text));
  }
}
