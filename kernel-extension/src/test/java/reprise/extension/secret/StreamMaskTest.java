package reprise.extension.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import reprise.ledger.Output;
import reprise.ledger.Outputs;

class StreamMaskTest {
  private static final String SECRET = "ghp_" + "aB3dE6gH9j".repeat(4);
  private static final String KEY =
      "-----BEGIN PRIVATE KEY-----\n"
          + "MIIEvQIBADANBgkqhkiG9w0\n".repeat(20)
          + "-----END PRIVATE KEY-----\n";

  private final StreamMask printed = new StreamMask(new Mask());

  @Test
  void after_wholeLine_isShownAtOnce() {
    assertThat(printed.after(stdout("epoch 1\n"))).containsExactly(stdout("epoch 1\n"));
  }

  @Test
  void after_secretInPieces_isMaskedAsAWhole() {
    List<Output> shown = new ArrayList<>();
    for (char c : ("token " + SECRET + " here\n").toCharArray()) {
      shown.addAll(printed.after(stdout(String.valueOf(c))));
    }
    assertThat(text(shown)).isEqualTo("token [masked:github-token] here\n");
  }

  @Test
  void after_anotherStream_showsWhatWasHeldBackFirst() {
    assertThat(printed.after(stdout("50 %"))).isEmpty();
    assertThat(printed.after(new Output.Stream("stderr", "warning\n")))
        .containsExactly(stdout("50 %"), new Output.Stream("stderr", "warning\n"));
  }

  @Test
  void after_cutAnywhere_comesOutAsIfItHadNotBeenCut() {
    String all =
        ("line\n".repeat(200) + KEY + "x".repeat(40_000) + " " + SECRET + " y".repeat(30_000))
            + "\n"
            + KEY
            + "end "
            + SECRET;
    String whole = new Mask().text(all);
    assertThat(whole).doesNotContain(SECRET).doesNotContain("MIIE");
    Random chance = new Random(7);
    for (int round = 0; round < 20; round++) {
      StreamMask cut = new StreamMask(new Mask());
      List<Output> shown = new ArrayList<>();
      for (int at = 0; at < all.length(); ) {
        int to = Math.min(all.length(), at + 1 + chance.nextInt(9_000));
        shown.addAll(cut.after(stdout(all.substring(at, to))));
        at = to;
      }
      shown.addAll(cut.rest());
      assertThat(text(shown)).isEqualTo(whole);
    }
  }

  private static Output stdout(String text) {
    return new Output.Stream("stdout", text);
  }

  private static String text(List<Output> shown) {
    return Outputs.shown(shown).stream()
        .map(output -> ((Output.Stream) output).text())
        .collect(Collectors.joining());
  }
}
