package reprise.reproducer.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reprise.ledger.Chance;
import reprise.ledger.Data;
import reprise.ledger.Digest;
import reprise.ledger.Engine;
import reprise.ledger.Masked;
import reprise.ledger.Outcome;
import reprise.ledger.Output;
import reprise.ledger.Reply;
import reprise.ledger.Reproduction.Divergence;
import reprise.ledger.Reproduction.Kind;
import reprise.ledger.RunId;
import reprise.ledger.Step;
import reprise.ledger.Value;
import reprise.ledger.Verdict;

class StepComparisonTest {
  private static final Outcome WELL = new Outcome.Succeeded();

  @Test
  void verdict_everythingTheSame_identical() {
    Step step = step(WELL, List.of(out("a")), List.of(written("/f", "x")), List.of(value("1")));
    assertThat(new StepComparison(step, step).verdict()).isEqualTo(Verdict.IDENTICAL);
  }

  @Test
  void divergences_printedTextDiffers_showBothAroundTheDifference() {
    String same = "line\n".repeat(1_000);
    StepComparison comparison = compare(List.of(out(same + "0.91")), List.of(out(same + "0.92")));
    Divergence first = comparison.divergences().get(0);
    assertThat(first.kind()).isEqualTo(Kind.OUTPUT);
    assertThat(first.what()).isEqualTo("stdout");
    assertThat(first.expected()).startsWith("…").endsWith("0.91");
    assertThat(first.actual()).startsWith("…").endsWith("0.92");
  }

  @Test
  void divergences_otherVersionOfAnEngine_isTold() {
    StepComparison comparison = new StepComparison(with("2.7.1"), with("2.5.1"));
    assertThat(comparison.divergences())
        .extracting(Divergence::what, Divergence::expected, Divergence::actual)
        .containsExactly(
            tuple(
                "engine", "PyTorch 2.7.1 through DJL 0.35.1", "PyTorch 2.5.1 through DJL 0.35.1"));
    assertThat(new StepComparison(with("2.7.1"), with("2.7.1")).verdict())
        .isEqualTo(Verdict.IDENTICAL);
  }

  @Test
  void verdict_magicThatFailedInAnotherKernelAsWell_leavesOutItsWords() {
    Step there = failed("CompilationException", "illegal start of expression");
    Step here = failed("UndefinedMagicException", "There is no magic %x here");
    StepComparison comparison = new StepComparison(there, here, true, Forgiveness.NONE);
    assertThat(comparison.verdict()).isEqualTo(Verdict.IDENTICAL);
    assertThat(comparison.notCompared()).singleElement().asString().contains("its error");
    assertThat(new StepComparison(there, here).verdict()).isEqualTo(Verdict.DIVERGED);
  }

  @Test
  void divergences_magicOfAnotherKernelAlone_nameThatAsTheCause() {
    Step there = step(WELL, List.of(out("did it")), List.of(), List.of());
    Step here = failed("UndefinedMagicException", "There is no magic %x here");
    assertThat(new StepComparison(there, here, true, Forgiveness.NONE).divergences())
        .isNotEmpty()
        .extracting(Divergence::cause)
        .containsOnly("its kernel has a magic that Reprise has not");
  }

  private static Step failed(String exception, String message) {
    Output error = new Output.Traceback(exception, message, List.of(message));
    return step(new Outcome.Failed(exception, message), List.of(error), List.of(), List.of());
  }

  /** A step that brought an engine of this version. */
  private static Step with(String version) {
    Step plain = step(WELL, List.of(), List.of(), List.of());
    return new Step(
        plain.step(),
        plain.run(),
        plain.cell(),
        plain.executionCount(),
        plain.source(),
        plain.tags(),
        plain.startedAt(),
        plain.tookNanos(),
        plain.outcome(),
        plain.outputs(),
        plain.inputs(),
        plain.data(),
        plain.parameters(),
        plain.values(),
        plain.jars(),
        plain.chance(),
        plain.flow(),
        plain.children(),
        plain.snapshot(),
        plain.metrics(),
        plain.artifacts(),
        plain.load(),
        List.of(new Engine("PyTorch", version, "0.35.1", List.of())));
  }

  @Test
  void divergences_resultOfAnotherKernel_comparesTheFormsThatBothHave() {
    Step table = step(WELL, List.of(result("<td>1</td>", "{a=1}")), List.of(), List.of());
    Step plain = step(WELL, List.of(result(null, "{a=1}")), List.of(), List.of());
    Step other = step(WELL, List.of(result(null, "{a=2}")), List.of(), List.of());
    StepComparison same = new StepComparison(table, plain, true, Forgiveness.NONE);
    assertThat(same.verdict()).isEqualTo(Verdict.IDENTICAL);
    assertThat(same.notCompared())
        .containsExactly("step 3: its result in the forms that its kernel alone has");
    assertThat(new StepComparison(table, other, true, Forgiveness.NONE).verdict())
        .isEqualTo(Verdict.DIVERGED);
    assertThat(new StepComparison(table, plain).verdict()).isEqualTo(Verdict.DIVERGED);
  }

  private static Output result(@Nullable String html, String text) {
    Map<String, JsonNode> forms = new TreeMap<>();
    forms.put("text/plain", new TextNode(text));
    if (html != null) {
      forms.put("text/html", new TextNode(html));
    }
    return new Output.Result(1, forms, Map.of());
  }

  @Test
  void divergences_outcomeDiffers_isTold() {
    Step failed = step(new Outcome.Failed("IOException", "x"), List.of(), List.of(), List.of());
    StepComparison comparison =
        new StepComparison(step(WELL, List.of(), List.of(), List.of()), failed);
    assertThat(comparison.divergences().get(0).kind()).isEqualTo(Kind.OUTCOME);
    assertThat(comparison.divergences().get(0).actual()).isEqualTo("failed with IOException");
  }

  @Test
  void divergences_failedAsItHadFailed_isTheSame() {
    Step failed =
        step(
            new Outcome.Failed("E", "m"),
            List.of(new Output.Traceback("E", "m", List.of("at x"))),
            List.of(),
            List.of());
    assertThat(new StepComparison(failed, failed).verdict()).isEqualTo(Verdict.IDENTICAL);
  }

  @Test
  void divergences_anOutputIsMissing_isTold() {
    assertThat(compare(List.of(out("a")), List.of()).divergences().get(0).actual())
        .isEqualTo("(nothing)");
  }

  @Test
  void verdict_streamsInterleavedOtherwise_isEquivalent() {
    StepComparison comparison =
        compare(List.of(out("a"), err("1"), out("b"), err("2")), List.of(err("12"), out("ab")));
    assertThat(comparison.verdict()).isEqualTo(Verdict.EQUIVALENT);
    assertThat(comparison.normalisers()).containsExactly("stream-interleaving");
  }

  @Test
  void verdict_sameInAllButTheImagesBytes_isEquivalent() throws IOException {
    StepComparison comparison = compare(List.of(image(png(1, 0.0f))), List.of(image(png(1, 1.0f))));
    assertThat(comparison.verdict()).isEqualTo(Verdict.EQUIVALENT);
    assertThat(comparison.normalisers()).containsExactly("image-pixels");
  }

  @Test
  void divergences_onePixelDiffers_isTold() throws IOException {
    assertThat(compare(List.of(image(png(1, 0.0f))), List.of(image(png(2, 0.0f)))).verdict())
        .isEqualTo(Verdict.DIVERGED);
  }

  @Test
  void divergences_fileWrittenOtherwise_isToldByPath() {
    StepComparison comparison =
        new StepComparison(
            step(WELL, List.of(), List.of(written("/f", "x")), List.of()),
            step(WELL, List.of(), List.of(written("/f", "y")), List.of()));
    assertThat(comparison.divergences().get(0).what()).isEqualTo("/f");
    assertThat(comparison.divergences().get(0).expected()).isEqualTo(Digest.of("x").hex());
  }

  @Test
  void verdict_sameBytesUnderAnotherName_isATemporaryFile() {
    StepComparison comparison =
        new StepComparison(
            step(WELL, List.of(), List.of(written("/tmp/a", "x")), List.of()),
            step(WELL, List.of(), List.of(written("/tmp/b", "x")), List.of()));
    assertThat(comparison.normalisers()).containsExactly("temporary-path");
  }

  @Test
  void verdict_databaseThatWritesInItsOwnTime_isNotHeldToTheStep() {
    Step quiet = step(WELL, List.of(), List.of(), List.of());
    Step busy = step(WELL, List.of(), List.of(written("/d/kept.mv.db", "x")), List.of());
    for (StepComparison comparison :
        List.of(new StepComparison(quiet, busy), new StepComparison(busy, quiet))) {
      assertThat(comparison.verdict()).isEqualTo(Verdict.IDENTICAL);
      assertThat(comparison.notCompared()).singleElement().asString().contains("/d/kept.mv.db");
    }
    Step other = step(WELL, List.of(), List.of(written("/d/kept.csv", "x")), List.of());
    assertThat(new StepComparison(quiet, other).verdict()).isEqualTo(Verdict.DIVERGED);
  }

  @Test
  void divergences_requestThatWasNotRecorded_isTheCause() {
    Data refused = Data.without(Data.Direction.REFUSED, "http://example.org/b", "GET");
    StepComparison comparison =
        new StepComparison(
            step(WELL, List.of(out("a")), List.of(), List.of()),
            step(WELL, List.of(out("b")), List.of(refused), List.of()));
    assertThat(comparison.divergences().get(0).cause())
        .isEqualTo("GET http://example.org/b was asked for and not recorded");
  }

  @Test
  void divergences_otherReplyInAnOnlineReplay_isTheCause() {
    StepComparison comparison =
        new StepComparison(
            step(WELL, List.of(out("a")), List.of(reply("a")), List.of()),
            step(WELL, List.of(out("b")), List.of(reply("b")), List.of()));
    assertThat(comparison.divergences().get(0).cause())
        .isEqualTo("GET http://example.org/ answered otherwise than it had");
  }

  @Test
  void verdict_sameReplyUnderAnotherNumber_isIdentical() {
    Step step = step(WELL, List.of(out("a")), List.of(reply("a")), List.of());
    assertThat(new StepComparison(step, step).verdict()).isEqualTo(Verdict.IDENTICAL);
  }

  @Test
  void notCompared_wayToTheWorldOutside_isSaid() {
    Data socket = Data.without(Data.Direction.CONNECTED, "tcp:db.example:5432", null);
    Step step = step(WELL, List.of(out("a")), List.of(socket), List.of());
    assertThat(new StepComparison(step, step).notCompared())
        .containsExactly(
            "step %d: what went over tcp:db.example:5432, which is not kept"
                .formatted(step.step()));
  }

  private static Data reply(String body) {
    return new Data(
        Data.Direction.RECEIVED,
        "http://example.org/",
        1,
        Digest.of(body),
        null,
        null,
        new Reply(1, "GET", null, 200, null, null, null, List.of(), null, null));
  }

  @Test
  void notCompared_opaqueValue_isSaid() {
    Value opaque = new Value("model", "Model", null, null);
    Step step = step(WELL, List.of(), List.of(), List.of(opaque));
    assertThat(new StepComparison(step, step).notCompared())
        .containsExactly("step 3: the value of Model model");
  }

  @Test
  void divergences_valueDiffersOrIsGone_isTold() {
    Step one = step(WELL, List.of(), List.of(), List.of(value("1")));
    Step two = step(WELL, List.of(), List.of(), List.of(value("2")));
    Step none = step(WELL, List.of(), List.of(), List.of());
    assertThat(new StepComparison(one, two).divergences().get(0).kind()).isEqualTo(Kind.VALUE);
    assertThat(new StepComparison(one, none).divergences().get(0).actual()).isEqualTo("(nothing)");
  }

  @Test
  void notCompared_chanceThatCannotBeHadAgain_isTold() {
    Step secure =
        step(
            WELL,
            List.of(),
            List.of(),
            List.of(),
            new Chance(
                "00000000000000ff",
                null,
                List.of(Chance.Source.SECURE_RANDOM),
                null,
                null,
                List.of("SecureRandom is never pinned")));
    StepComparison comparison = new StepComparison(secure, secure);
    assertThat(comparison.verdict()).isEqualTo(Verdict.IDENTICAL);
    assertThat(comparison.notCompared()).containsExactly("step 3: SecureRandom is never pinned");
  }

  @Test
  void verdict_secretMaskedUnderAnotherName_isIdenticalAndNotCompared() {
    StepComparison comparison =
        compare(
            List.of(out("as " + Masked.mark("password2"))),
            List.of(out("as " + Masked.mark("password"))));
    assertThat(comparison.verdict()).isEqualTo(Verdict.IDENTICAL);
    assertThat(comparison.notCompared())
        .containsExactly("step 3: what is masked in the record (password2)");
  }

  private static StepComparison compare(List<Output> before, List<Output> now) {
    return new StepComparison(
        step(WELL, before, List.of(), List.of()), step(WELL, now, List.of(), List.of()));
  }

  private static Step step(
      Outcome outcome, List<Output> outputs, List<Data> data, List<Value> values) {
    return step(outcome, outputs, data, values, null);
  }

  private static Step step(
      Outcome outcome,
      List<Output> outputs,
      List<Data> data,
      List<Value> values,
      @Nullable Chance chance) {
    return new Step(
        3,
        new RunId("r-1234"),
        "cell",
        3,
        "source",
        List.of(),
        Instant.EPOCH,
        1L,
        outcome,
        outputs,
        List.of(),
        data,
        List.of(),
        values,
        List.of(),
        chance,
        null,
        List.of(),
        null,
        null,
        null,
        null,
        null);
  }

  private static Output out(String text) {
    return new Output.Stream("stdout", text);
  }

  private static Output err(String text) {
    return new Output.Stream("stderr", text);
  }

  private static Data written(String path, String content) {
    return new Data(Data.Direction.WRITTEN, path, 1, Digest.of(content), null);
  }

  private static Value value(String text) {
    return new Value("x", "int", text, null);
  }

  private static Output image(String base64) {
    Map<String, JsonNode> data = Map.of("image/png", TextNode.valueOf(base64));
    return new Output.Display(data, Map.of(), null);
  }

  private static String png(int colour, float quality) throws IOException {
    BufferedImage image = new BufferedImage(200, 200, BufferedImage.TYPE_INT_RGB);
    image.setRGB(5, 5, colour);
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    ImageWriteParam parameters = writer.getDefaultWriteParam();
    parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    parameters.setCompressionQuality(quality);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), parameters);
    } finally {
      writer.dispose();
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }
}
