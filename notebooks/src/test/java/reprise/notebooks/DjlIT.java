package reprise.notebooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.ledger.Chance;
import reprise.ledger.Data;
import reprise.ledger.Engine;
import reprise.ledger.Metric;
import reprise.ledger.Parameter;
import reprise.ledger.Run;
import reprise.ledger.Step;
import reprise.ledger.Value;

/** A network trained with DJL and PyTorch: the example is run once, and replayed without it. */
class DjlIT extends WithProduct {
  private static final String EXAMPLE = "3-weather-network";
  private static final long MOST_BYTES_KEPT = 16 << 20;

  private static Path copy;
  private static String id;
  private static Run run;

  @BeforeAll
  static void runTheExample() throws Exception {
    boolean isOnLinux = System.getProperty("os.name").equals("Linux");
    assumeTrue(
        isOnLinux && System.getProperty("os.arch").equals("amd64"),
        "the example's native libraries are those for Linux on x86-64");
    Path natives = Path.of(System.getProperty("reprise.root"), "notebooks/target/djl");
    product.with("DJL_CACHE_DIR", natives.toString()); // unpacked once, as on a person's machine
    copy = Product.copyOfExample(EXAMPLE, folder);
    Product.Said ran =
        product.reprise(copy, "run", "weather-network.ipynb", "-o", "out.ipynb", "--json");
    String status = ran.json().path("status").asText();
    assumeTrue(
        status.equals("SUCCEEDED")
            || !Files.readString(copy.resolve("out.ipynb")).contains("NotResolved"),
        "no Maven repository in reach has PyTorch's native libraries");
    assertThat(status).as(ran.err()).isEqualTo("SUCCEEDED");
    id = ran.json().path("run").asText();
    run = product.client().run(id);
  }

  @Test
  void replay_trainingWithoutASeed_isIdenticalWithTheDataGone() throws Exception {
    removeAll(copy);
    Product.Said replayed = product.reprise(Files.createDirectories(work), "replay", id, "--json");
    assertIdentical(replayed);
    assertThat(copy).doesNotExist();
    assertThat(work).isEmptyDirectory();
  }

  @Test
  void run_training_keepsTheDataAndTheModelAndNoNativeLibrary() throws Exception {
    List<Data> data = run.history().stream().map(Step::data).flatMap(List::stream).toList();
    assertThat(data)
        .anyMatch(it -> it.direction() == Data.Direction.READ && it.path().endsWith("weather.csv"))
        .anyMatch(it -> it.direction() == Data.Direction.WRITTEN && it.path().endsWith(".params"))
        .noneMatch(it -> it.path().contains("/djl/pytorch/"));
    assertThat(sizeOf(product.home().server()) + sizeOf(product.home().blobs()))
        .isLessThan(MOST_BYTES_KEPT);
  }

  @Test
  void run_training_namesTheEnginesChanceWhereItDrew() {
    List<String> drew =
        run.history().stream()
            .filter(step -> uses(step.chance(), Chance.Source.ENGINE))
            .map(Step::cell)
            .toList();
    assertThat(drew).containsExactly("dataset", "train");
  }

  @Test
  void run_engine_standsWithTheStepThatBroughtIt() throws Exception {
    Step dataset = step("dataset");
    assertThat(dataset.engines())
        .extracting(Engine::toString)
        .containsExactly("PyTorch 2.7.1 through DJL 0.35.1");
    assertThat(dataset.engines().get(0).libraries())
        .anyMatch(path -> path.matches(".*/pytorch/2\\.7\\.1-.*/libtorch_cpu\\.so"));
    assertThat(run.history().stream().map(Step::engines).flatMap(List::stream)).hasSize(1);
    assertThat(product.reprise(folder, "show", id).out())
        .contains("ENGINE  PyTorch 2.7.1 through DJL 0.35.1");
  }

  @Test
  void run_training_hasItsSetUpAndItsProgressWithoutALineOfOurs() throws Exception {
    Step train = step("train");
    assertThat(train.parameters())
        .extracting(Parameter::name, Parameter::value)
        .contains(
            tuple("djl.epochs", "20"),
            tuple("djl.loss", "\"SoftmaxCrossEntropyLoss\""),
            tuple("djl.optimizer", "\"Adam\""),
            tuple("djl.optimizer.beta1", "0.9f"),
            tuple("djl.learningRate", "0.01f"),
            tuple("djl.devices", "\"cpu()\""),
            tuple("djl.evaluators", "\"Accuracy\""));
    assertThat(indexes(train, "train_loss"))
        .isEqualTo(LongStream.rangeClosed(1, 20).boxed().toList());
    assertThat(indexes(train, "train_all_Accuracy")).hasSize(20 * 19);
    List<Metric> accuracies = metrics(train, "validate_Accuracy");
    String printed = train.outputs().toString();
    assertThat(printed)
        .contains(
            String.format(
                Locale.ROOT, "accuracy %.4f", accuracies.get(accuracies.size() - 1).value()));
  }

  @Test
  @Tag("any-jdk")
  @Tag("long")
  void replay_arraysChangedAndClosed_areComparedByTheirBytes() throws Exception {
    String id =
        ran(
            step("libraries").source(),
            """
            import ai.djl.ndarray.*;
            System.setProperty("OPT_OUT_TRACKING", "true");
            NDManager manager = NDManager.newBaseManager();
            NDArray a = manager.create(new float[] {1, 2, 3, 4, 5, 6}, new ai.djl.ndarray.types.Shape(2, 3));
            NDArray turned = a.transpose();
            NDList both = new NDList(a, turned);
            NDArray large = manager.zeros(new ai.djl.ndarray.types.Shape(3_000_000));
            NDArray closed = a.add(1);
            closed.close();""",
            "NDArray same = a.duplicate();\na.addi(1);\nNDArray changed = a.duplicate();");
    List<Step> history = product.client().run(id).history();
    Step first = history.get(1);
    Step then = history.get(2);
    assertThat(value(first, "a")).extracting(Value::text).isEqualTo("(2, 3) float32");
    assertThat(value(first, "turned")).extracting(Value::text).isEqualTo("(3, 2) float32");
    assertThat(value(first, "both")).matches(value -> !value.opaque());
    assertThat(value(first, "large")).matches(Value::opaque);
    assertThat(value(first, "closed")).extracting(Value::text).isEqualTo("closed");
    assertThat(value(then, "same").digest()).isEqualTo(value(first, "a").digest());
    assertThat(value(then, "changed").digest()).isNotEqualTo(value(first, "a").digest());
    Product.Said replayed = replayed(id);
    assertIdentical(replayed);
    assertThat(replayed.json().path("notCompared").toString())
        .contains("NDArray large", "NDManager manager")
        .doesNotContain("NDArray a", "both", "turned");
  }

  private static Value value(Step step, String name) {
    return step.values().stream()
        .filter(value -> value.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<Metric> metrics(Step step, String name) {
    return step.metrics().stream().filter(metric -> metric.name().equals(name)).toList();
  }

  private static List<Long> indexes(Step step, String name) {
    return metrics(step, name).stream().map(Metric::index).toList();
  }

  @Test
  @Tag("any-jdk")
  @Tag("long")
  void replay_seedSetByTheNotebook_winsAndIsNoChance() throws Exception {
    Step engine = step("libraries");
    String seeded =
        ran(
            engine.source(),
            """
            import ai.djl.engine.*;
            import ai.djl.ndarray.*;
            import ai.djl.ndarray.types.*;
            System.setProperty("OPT_OUT_TRACKING", "true");
            String known = "" + Engine.getInstance().getSeed();
            Engine.getInstance().setRandomSeed(42);""",
            "NDManager.newBaseManager().randomNormal(new Shape(3)).toFloatArray()[1]",
            "NDManager.newBaseManager().randomNormal(new Shape(3)).toFloatArray()[1]");
    List<Step> history = product.client().run(seeded).history();
    assertThat(history.get(1).values()).contains(new Value("known", "String", "null", null));
    assertThat(history).noneMatch(step -> uses(step.chance(), Chance.Source.ENGINE));
    assertThat(history.get(2).outputs()).isNotEqualTo(history.get(3).outputs());
    assertIdentical(replayed(seeded));
  }

  private static boolean uses(@Nullable Chance chance, Chance.Source source) {
    return chance != null && chance.used().contains(source);
  }

  private static Step step(String cell) {
    return run.history().stream()
        .filter(step -> step.cell().equals(cell))
        .findFirst()
        .orElseThrow();
  }

  private static long sizeOf(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private static void removeAll(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
