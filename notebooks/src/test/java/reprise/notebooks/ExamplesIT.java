package reprise.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reprise.ledger.Data;
import reprise.ledger.Run;

/** The main job: an example is run, its folder removed, and the run replayed from elsewhere. */
class ExamplesIT extends WithProduct {
  /** Ten in the long form. */
  private static final String TIMES = System.getProperty("reprise.replays");

  @ParameterizedTest
  @Tag("any-jdk")
  @Tag("long-too")
  @CsvSource({
    "1-seattle-weather, seattle-weather, seattle-weather.csv, monthly.csv",
    "2-penguins, penguins, penguins.json, predictions.csv"
  })
  void replay_manyTimesWithTheDataGone_isIdenticalEachTime(
      String example, String name, String input, String result) throws Exception {
    Path copy = Product.copyOfExample(example, folder);
    Product.Said ran = product.reprise(copy, "run", name + ".ipynb", "-o", "out.ipynb", "--json");
    assertThat(ran.json().path("status").asText()).as(ran.err()).isEqualTo("SUCCEEDED");
    String id = ran.json().path("run").asText();
    Run run = product.client().run(id);
    assertThat(run.history().stream().flatMap(step -> step.data().stream()))
        .anyMatch(it -> it.direction() == Data.Direction.READ && it.path().endsWith(input))
        .anyMatch(it -> it.direction() == Data.Direction.WRITTEN && it.path().endsWith(result));
    removeAll(copy);
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    Product.Said replayed = product.reprise(elsewhere, "replay", id, "--times", TIMES, "--json");
    assertIdentical(replayed); // none is forgiven anything, or the verdict were another
    assertThat(replayed.exitCode()).isZero();
    assertThat(copy).doesNotExist();
    assertThat(elsewhere).isEmptyDirectory();
  }

  private static void removeAll(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
