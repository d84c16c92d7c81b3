package reprise.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.ledger.Chance;
import reprise.ledger.Chance.Source;
import reprise.ledger.Step;

/** Notebooks that throw dice and look at the clock, from the command to the verdict. */
class ChanceIT extends WithProduct {
  @Test
  void replay_unseededChanceOfEveryKind_isIdentical() throws Exception {
    String id =
        ran(
            "import java.time.*;\nimport java.util.random.*;\nvar dice = new Random();\ndice.nextGaussian()",
            "dice.nextLong() + Math.random() + ThreadLocalRandom.current().nextDouble()",
            "var cards = new ArrayList<>(List.of(1, 2, 3, 4, 5, 6, 7, 8, 9));\n"
                + "Collections.shuffle(cards);\nSystem.out.println(cards);",
            "new SplittableRandom().nextLong() + RandomGenerator.getDefault().nextLong()",
            "var order = Set.of(\"ada\", \"bob\", \"cy\", \"dan\") + \" \" + Map.of(1, 2, 3, 4, 5, 6);\norder",
            "enum Kind { SETOSA, VERSICOLOR, VIRGINICA }\nnew HashSet<>(List.of(Kind.values()))",
            "UUID.randomUUID() + \" \" + LocalDateTime.now() + new Date() + System.nanoTime()",
            "long sum = 0;\nfor (int i = 0; i < 5_000; i++) sum += System.nanoTime() % 7;\nsum",
            "java.nio.file.Files.writeString(java.nio.file.Path.of(\"drawn.txt\"), \"\" + Math.random())");

    List<Step> history = product.client().run(id).history();
    assertThat(chance(history, 0).used()).containsExactly(Source.RANDOM);
    assertThat(chance(history, 4).used()).containsExactly(Source.SET_ORDER);
    assertThat(history.get(5).chance()).isNull();
    assertThat(chance(history, 7).kept()).isNotNull();

    Product.Said replayed = replayed(id);
    assertIdentical(replayed);
    assertThat(notCompared(replayed)).noneMatch(line -> line.contains("clock"));
    assertThat(product.reprise(folder, "show", id).out())
        .contains("CHANCE  Random  (seed " + chance(history, 0).seed() + ")");
  }

  @Test
  @Tag("any-jdk")
  void replay_secureRandom_divergesAndTheVerdictSaysWhy() throws Exception {
    Product.Said replayed =
        replayed(ran("new java.security.SecureRandom().nextLong()", "Math.random()"));
    assertThat(replayed.exitCode()).isEqualTo(1);
    assertThat(verdict(replayed)).isEqualTo("DIVERGED");
    assertThat(replayed.json().path("divergences")).hasSize(1);
    assertThat(replayed.json().path("divergences").path(0).path("step").asInt()).isEqualTo(1);
    assertThat(notCompared(replayed))
        .contains("step 1: SecureRandom is never pinned: a replay draws other numbers");
  }

  private static Chance chance(List<Step> history, int at) {
    return Objects.requireNonNull(history.get(at).chance(), "no chance was recorded");
  }

  private static List<String> notCompared(Product.Said replayed) {
    return java.util.stream.StreamSupport.stream(
            replayed.json().path("notCompared").spliterator(), false)
        .map(JsonNode::asText)
        .toList();
  }
}
