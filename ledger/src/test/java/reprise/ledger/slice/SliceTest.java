package reprise.ledger.slice;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reprise.ledger.ChildProcess;
import reprise.ledger.Data;
import reprise.ledger.Data.Direction;
import reprise.ledger.Flow;
import reprise.ledger.Flow.DeclarationKind;
import reprise.ledger.Flow.Name;
import reprise.ledger.Outcome;
import reprise.ledger.RunId;
import reprise.ledger.Step;
import reprise.ledger.Value;

class SliceTest {
  private static final String HEAVY = "long wasted = 0;";

  private final List<Step> steps = new ArrayList<>();

  private static Name variable(String name, int step) {
    return new Name(DeclarationKind.VARIABLE, name, step);
  }

  private static Name type(String name, int step) {
    return new Name(DeclarationKind.TYPE, name, step);
  }

  private static Flow flow(List<Name> defined, List<Name> used, List<Name> changed) {
    return new Flow(defined, used, changed, null);
  }

  private SliceTest step(
      String source,
      @Nullable Flow flow,
      List<Data> data,
      List<Value> values,
      List<ChildProcess> children) {
    steps.add(
        new Step(
            steps.size() + 1,
            new RunId("r-1"),
            "c",
            1,
            source,
            List.of(),
            Instant.EPOCH,
            1L,
            new Outcome.Succeeded(),
            List.of(),
            List.of(),
            data,
            List.of(),
            values,
            List.of(),
            null,
            flow,
            children,
            null,
            null,
            null,
            null,
            null));
    return this;
  }

  private SliceTest step(String source, @Nullable Flow flow) {
    return step(source, flow, List.of(), List.of(), List.of());
  }

  private SliceTest step(String source) {
    return step(source, Flow.NONE);
  }

  private SliceTest data(Direction direction, String path) {
    return step(
        "io();",
        Flow.NONE,
        List.of(new Data(direction, path, 0, null, null)),
        List.of(),
        List.of());
  }

  private void assertLeftOut(Integer... leftOut) {
    assertThat(Slice.of(steps).leftOut()).containsExactly(leftOut);
  }

  @Test
  void leftOut_stepsThatNobodyUses_areAll() {
    step("int a = 1;").step(HEAVY).step("1 + 1").assertLeftOut(1, 2);
  }

  @Test
  void leftOut_importOfSomethingThatIsNamed_isKept() {
    step("import java.time.Duration;")
        .step("import java.util.zip.CRC32;")
        .step("Duration.ofSeconds(1)")
        .assertLeftOut(2);
  }

  @Test
  void leftOut_importOfAllThatAPackageHas_isKept() {
    step("import java.time.*;").step(HEAVY).step("Duration.ofSeconds(1)").assertLeftOut(2);
  }

  @Test
  void leftOut_magics_areKeptButForThoseThatOnlyLook() {
    step("%maven a:b:1").step("%%time\n1 + 1").step("!ls").step("2 + 2").assertLeftOut(2);
  }

  @Test
  void leftOut_stepThatSetsSomethingForAll_isKept() {
    step("Locale.setDefault(Locale.US);")
        .step("Logger.getLogger(\"a\").setLevel(Level.OFF);")
        .step("Engine.getInstance().setRandomSeed(1);")
        .step("Arrays.setAll(own, i -> i);")
        .step("Logger.getLogger(Foo.class.getName()).setLevel(Level.OFF);")
        .step("var table = Table.load(path);")
        .step("1.5")
        .assertLeftOut(4, 6);
  }

  @Test
  @Timeout(10)
  void leftOut_longChainsOfCalls_areReadInNoTime() {
    step("Stream.of(1)" + ".map(x -> f(g(x)))".repeat(2_000) + ".toList()")
        .step("F" + ".a(((".repeat(2_000))
        .step("1")
        .assertLeftOut(1, 2);
  }

  @Test
  void leftOut_stepThatCallsWhatSetsSomethingForAll_isKept() {
    Name method = new Name(DeclarationKind.METHOD, "prepare", 1);
    step(
            "void prepare() { System.setProperty(\"a\", \"b\"); }",
            flow(List.of(method), List.of(), List.of()))
        .step("prepare();", flow(List.of(), List.of(method), List.of()))
        .step("1 + 1")
        .assertLeftOut();
  }

  @Test
  void leftOut_variableAssignedInAWayThatNoBytecodeShows_isKept() {
    step("int n = 1;", flow(List.of(variable("n", 1)), List.of(), List.of()))
        .step("run();", Flow.NONE, List.of(), List.of(new Value("n", "int", "2", null)), List.of())
        .step("n", flow(List.of(), List.of(variable("n", 1)), List.of()))
        .assertLeftOut();
  }

  @Test
  void leftOut_typeDeclaredAgain_keepsTheFirstForItsName() {
    step("class Foo {}", flow(List.of(type("Foo", 1)), List.of(), List.of()))
        .step("class Foo { int x; }", flow(List.of(type("Foo", 2)), List.of(), List.of()))
        .step("new Foo()", flow(List.of(), List.of(type("Foo", 2)), List.of()))
        .assertLeftOut();
  }

  @Test
  void leftOut_resultWithoutANameOfItsOwn_linksWhoGaveItToWhoUsesIt() {
    step("var list = new ArrayList<>();", flow(List.of(variable("list", 1)), List.of(), List.of()))
        .step("list", flow(List.of(), List.of(variable("list", 1)), List.of(variable("list", 1))))
        .step("$1.add(1)", flow(List.of(), List.of(variable("$1", 2)), List.of(variable("$1", 2))))
        .step(HEAVY)
        .step("list", flow(List.of(), List.of(variable("list", 1)), List.of(variable("list", 1))))
        .assertLeftOut(4);
  }

  @Test
  void leftOut_listingOfAFolder_keepsWhoWroteIntoIt() {
    data(Direction.WRITTEN, "/d/a.csv")
        .data(Direction.DELETED, "/d/b.csv")
        .data(Direction.WRITTEN, "/e/c.csv")
        .data(Direction.LISTED, "/d")
        .assertLeftOut(3);
  }

  @Test
  void leftOut_fileThatIsAppendedTo_keepsWhoWroteItFirst() {
    data(Direction.WRITTEN, "/log").step(HEAVY).data(Direction.WRITTEN, "/log").assertLeftOut(2);
  }

  @Test
  void leftOut_conversationWithTheSameServer_isKept() {
    data(Direction.CONNECTED, "tcp:db:5432")
        .data(Direction.CONNECTED, "tcp:other:1")
        .data(Direction.CONNECTED, "tcp:db:5432")
        .assertLeftOut(2);
  }

  @Test
  void leftOut_processThatStillRuns_isKept() {
    step(
            "start();",
            Flow.NONE,
            List.of(),
            List.of(),
            List.of(new ChildProcess(List.of("server"), "/", null)))
        .step(
            "stop();",
            Flow.NONE,
            List.of(),
            List.of(),
            List.of(new ChildProcess(List.of("ls"), "/", 0)))
        .step("1 + 1")
        .assertLeftOut(2);
  }

  @Test
  void leftOut_stepOfWhichNobodyKnowsWhatItUses_isNone() {
    step("int a = 1;").step("int b = 1;", null).step("2").assertLeftOut();
    assertThat(Slice.of(steps).unknown()).isEqualTo(2);
  }
}
