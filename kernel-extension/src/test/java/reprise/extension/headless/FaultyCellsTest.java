package reprise.extension.headless;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reprise.ledger.Data;
import reprise.ledger.Digest;
import reprise.ledger.Outcome;
import reprise.ledger.Output;
import reprise.ledger.Outputs;
import reprise.ledger.Run;
import reprise.ledger.Step;
import reprise.ledger.Value;

/** Cells that do their worst: they end as they would without us, and so do the cells after them. */
@Timeout(120)
@Tag("any-jdk")
@Tag("long-too")
class FaultyCellsTest {
  private static final String NIO = "import java.nio.file.*;\n";

  /** A class of which every method that somebody may call for his own sake is a trap. */
  private static final String TRAP =
      """
      class Trap extends AbstractList<Object> implements Comparable<Trap> {
        final String how;
        Trap(String how) { this.how = how; }
        <T> T spring() {
          if (how.equals("throws")) throw new IllegalStateException("sprung");
          while (true) { }
        }
        public String toString() { return spring(); }
        public int hashCode() { return this.<Integer>spring(); }
        public boolean equals(Object other) { return this.<Boolean>spring(); }
        public Iterator<Object> iterator() { return spring(); }
        public Object get(int at) { return spring(); }
        public int size() { return this.<Integer>spring(); }
        public int compareTo(Trap other) { return this.<Integer>spring(); }
      }
      """;

  @TempDir Path folder;
  private RecordedJvm jvm;

  @BeforeEach
  void layOut() throws IOException {
    jvm = new RecordedJvm(folder);
  }

  @Test
  void run_variablesWithTraps_areOpaqueAndNotSprung() throws Exception {
    Run run =
        jvm.run(
            TRAP,
            "Object x = 1;\nList<Object> traps = new ArrayList<>();",
            """
            x = new Trap("never ends");
            traps.add(new Trap("throws"));
            Trap[] array = { new Trap("never ends") };
            var keyed = new IdentityHashMap<Object, Object>(Map.of("k", "v"));
            int after = 2;""",
            "x = 3;\nafter");
    assertSucceeded(run);
    assertThat(result(run.history().get(3))).isEqualTo("2");
    assertThat(value(run.history().get(2), "keyed").opaque()).isTrue();
    assertThat(value(run.history().get(3), "x").text()).isEqualTo("3");
  }

  @Test
  void run_resultWithATrap_failsAsItsToStringDoes() throws Exception {
    Run run =
        jvm.run(
            TRAP,
            "display(\"<b>shown</b>\", \"text/html\");",
            "new Object() { public boolean equals(Object other) { throw new IllegalStateException(); }"
                + " public String toString() { return \"fine\"; } }",
            "new Object() { public String toString() { throw new IllegalStateException(\"sprung\"); } }",
            "throw new RuntimeException() { public String getMessage() { throw new IllegalStateException(); } };",
            "\"after\"");
    assertThat(run.history()).hasSize(6);
    assertThat(result(run.history().get(2))).isEqualTo("fine");
    assertThat(outcome(run, 3))
        .isEqualTo(new Outcome.Failed("java.lang.IllegalStateException", "sprung"));
    assertThat(outcome(run, 4)).isInstanceOf(Outcome.Failed.class);
    assertThat(result(run.history().get(5))).isEqualTo("after");
  }

  @Test
  void run_mapOfTenMillionEntries_costsTheNextCellNoWait() throws Exception {
    Run run =
        jvm.run(
            List.of(
                "Map<Integer, Integer> map = new HashMap<>(20_000_000);\n"
                    + "for (int i = 0; i < 10_000_000; i++) map.put(i, 0);",
                "map.put(-1, 0);",
                "map.put(-2, 0);",
                "map.put(-3, 0);",
                "map.size()"),
            Map.of("JDK_JAVA_OPTIONS", "-Xmx2g"));
    assertSucceeded(run);
    List<Step> steps = run.history();
    assertThat(result(steps.get(4))).isEqualTo("10000003");
    assertThat(value(steps.get(0), "map").opaque()).isTrue();
    long filling = Objects.requireNonNull(steps.get(0).tookNanos());
    List<Duration> waits = new ArrayList<>();
    for (int i = 1; i < steps.size(); i++) {
      Step before = steps.get(i - 1);
      Instant end = before.startedAt().plusNanos(Objects.requireNonNull(before.tookNanos()));
      waits.add(Duration.between(end, steps.get(i).startedAt()));
    }
    // To walk through the map takes about as long as to fill it, and each of these cells has
    // touched
    // it; a full collection of the heap falls on one of them at most.
    assertThat(Collections.min(waits)).isLessThan(Duration.ofNanos(filling / 3));
  }

  @Test
  void run_stackOverflow_isTheCellsOwnAndFilesAreSeenAsBefore() throws Exception {
    Files.writeString(jvm.work().resolve("deep.txt"), "deep");
    Files.writeString(jvm.work().resolve("in.txt"), "in");
    Run run =
        jvm.run(
            "int deepest(int n) { return 1 + deepest(n + 1); }",
            NIO
                + "int reading(int n) throws IOException {\n"
                + "  return Files.readString(Path.of(\"deep.txt\")).length() + reading(n + 1); }",
            "deepest(0)",
            "try { reading(0); } catch (StackOverflowError e) { System.out.println(\"caught\"); }",
            "Files.readString(Path.of(\"in.txt\"))");
    assertThat(outcome(run, 2))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> assertThat(failed.exception()).isEqualTo("java.lang.StackOverflowError"));
    assertThat(outcome(run, 3)).isEqualTo(new Outcome.Succeeded());
    assertThat(digests(run.history().get(3))).containsExactly(Digest.of("deep"));
    assertThat(result(run.history().get(4))).isEqualTo("in");
    assertThat(digests(run.history().get(4))).containsExactly(Digest.of("in"));
  }

  @Test
  void run_outOfMemory_isTheCellsOwnAndTheNextOneIsRecorded() throws Exception {
    Run run =
        jvm.run(
            List.of(
                "byte[] large = new byte[Integer.MAX_VALUE];",
                "List<byte[]> local() { List<byte[]> all = new ArrayList<>(); while (true) all.add(new byte[1 << 20]); }",
                "local()",
                "List<byte[]> kept = new ArrayList<>();\nwhile (true) kept.add(new byte[16 << 20]);",
                "kept.clear();\n\"goes on\""),
            Map.of("JDK_JAVA_OPTIONS", "-Xmx128m"));
    assertThat(run.history()).as(jvm.said()).hasSize(5);
    for (int step : new int[] {0, 2, 3}) {
      assertThat(outcome(run, step))
          .isInstanceOfSatisfying(
              Outcome.Failed.class,
              failed -> assertThat(failed.exception()).isEqualTo("java.lang.OutOfMemoryError"));
    }
    assertThat(result(run.history().get(4))).isEqualTo("goes on");
  }

  @Test
  @Tag("long")
  void run_tenThousandThreads_allReadAndAreCountedForTheirCell() throws Exception {
    Files.writeString(jvm.work().resolve("in.txt"), "in");
    Run run =
        jvm.run(
            NIO
                + """
                var sum = new java.util.concurrent.atomic.AtomicLong();
                List<Thread> all = new ArrayList<>();
                for (int i = 0; i < 10_000; i++) {
                  Thread thread = new Thread(() -> {
                    try { sum.addAndGet(Files.readString(Path.of("in.txt")).length()); }
                    catch (IOException e) { sum.addAndGet(1_000_000); }
                  });
                  all.add(thread);
                  thread.start();
                }
                for (Thread thread : all) thread.join();
                sum.get()""");
    assertSucceeded(run);
    assertThat(result(run.history().get(0))).isEqualTo("20000");
    assertThat(digests(run.history().get(0))).containsExactly(Digest.of("in"));
  }

  @Test
  void run_classDeclaredAgainAndAgain_isTheLastOne() throws Exception {
    StringBuilder again = new StringBuilder();
    for (int i = 1; i <= 150; i++) {
      again.append("class Again { int number() { return ").append(i).append("; } }\n");
    }
    Run run = jvm.run(again.toString(), "new Again().number()");
    assertSucceeded(run);
    assertThat(result(run.history().get(1))).isEqualTo("150");
  }

  @Test
  void run_fileThatChangesWhileItIsRead_isReadAndHasNoDigest() throws Exception {
    Path restless = jvm.work().resolve("restless.bin");
    Files.write(restless, new byte[48 << 20]);
    Process writer =
        new ProcessBuilder("sh", "-c", "while :; do printf x >> restless.bin; done")
            .directory(jvm.work().toFile())
            .start();
    try {
      Run run =
          jvm.run(
              NIO + "int first = Files.newInputStream(Path.of(\"restless.bin\")).read();\nfirst");
      assertSucceeded(run);
      Data read = run.history().get(0).data().get(0);
      assertThat(read.path()).isEqualTo(restless.toString());
      assertThat(read.digest()).isNull();
      assertThat(read.note()).isEqualTo("could not be read: it changed while it was read");
    } finally {
      writer.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
  }

  private void assertSucceeded(Run run) {
    assertThat(run.history())
        .as(jvm.said())
        .allSatisfy(
            step ->
                assertThat(step.outcome())
                    .as("%s", step.outputs())
                    .isEqualTo(new Outcome.Succeeded()));
  }

  private static Outcome outcome(Run run, int at) {
    return Objects.requireNonNull(run.history().get(at).outcome(), "it never ended");
  }

  private static Value value(Step step, String name) {
    return step.values().stream()
        .filter(value -> value.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<Digest> digests(Step step) {
    return step.data().stream().map(Data::digest).filter(Objects::nonNull).distinct().toList();
  }

  private static String result(Step step) {
    List<Output> outputs = step.outputs();
    assertThat(outputs).as("%s", outputs).hasSize(1);
    assertThat(outputs.get(0)).isInstanceOf(Output.Result.class);
    return Outputs.forms(outputs.get(0))
        .getOrDefault("text/plain", NullNode.getInstance())
        .asText();
  }
}
