package reprise.extension.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reprise.extension.cell.CellEffects;
import reprise.extension.cell.CellListener;
import reprise.extension.cell.CellRequest;
import reprise.extension.cell.Variable;
import reprise.ledger.Outcome;
import reprise.ledger.Output;
import reprise.ledger.Outputs;
import reprise.ledger.Parameter;

/**
 * What notebooks in the wild write, executed; one session for all, as it takes a while to start.
 */
class HeadlessKernelTest {
  private static final Heard HEARD = new Heard();
  private static final Deque<String> TYPED = new ArrayDeque<>();
  private static HeadlessKernel kernel;
  private static int count;

  @BeforeAll
  static void start() {
    kernel = new HeadlessKernel(HEARD, (prompt, password) -> TYPED.poll());
  }

  @AfterAll
  static void close() {
    kernel.close();
  }

  @BeforeEach
  void forget() {
    HEARD.what.clear();
    HEARD.effects = CellEffects.NONE;
  }

  /** Notes what a recorder would be told. */
  private static final class Heard implements CellListener {
    final List<String> what = new ArrayList<>();
    CellEffects effects = CellEffects.NONE;

    @Override
    public void started(CellRequest cell) {
      what.add("started");
    }

    @Override
    public synchronized void showed(Output output) {
      what.add(output.getClass().getSimpleName());
    }

    @Override
    public void read(String prompt, @Nullable String text) {
      what.add("read " + text);
    }

    @Override
    public void ended(Outcome outcome, long tookNanos, CellEffects left) {
      what.add("ended " + outcome.getClass().getSimpleName());
      effects = left;
    }

    Variable variable(String name) {
      return effects.variables().stream()
          .filter(variable -> variable.name().equals(name))
          .findFirst()
          .orElseThrow();
    }
  }

  private static HeadlessKernel.Executed run(String... lines) {
    count++;
    return kernel.execute(new CellRequest("c" + count, count, String.join("\n", lines), List.of()));
  }

  /** All that the cells show as plain text; they must succeed. */
  private static String shown(String... lines) {
    HeadlessKernel.Executed done = run(lines);
    assertThat(done.outcome())
        .describedAs(String.valueOf(done.outputs()))
        .isEqualTo(new Outcome.Succeeded());
    return text(done.outputs());
  }

  private static String text(List<Output> outputs) {
    return Outputs.shown(outputs).stream()
        .map(HeadlessKernelTest::text)
        .collect(Collectors.joining("|"));
  }

  private static String text(Output output) {
    if (output instanceof Output.Stream stream) {
      return stream.text();
    }
    Map<String, JsonNode> forms = Outputs.forms(output);
    JsonNode plain = forms.get("text/plain");
    return plain == null ? output.toString() : plain.asText();
  }

  private static Output.Traceback failure(String... lines) {
    HeadlessKernel.Executed done = run(lines);
    assertThat(done.outcome().succeeded()).describedAs(String.valueOf(done.outputs())).isFalse();
    return done.outputs().stream()
        .filter(Output.Traceback.class::isInstance)
        .map(Output.Traceback.class::cast)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void execute_expression_isTheResult() {
    assertThat(shown("1 + 1")).isEqualTo("2");
    assertThat(shown("1 + 1;")).isEqualTo("2");
    assertThat(shown("\"a\" + 'b'")).isEqualTo("ab");
  }

  @Test
  void execute_nullStatementOrDeclaration_showsNothing() {
    assertThat(shown("int silent = 3;")).isEmpty();
    assertThat(shown("silent = 4")).isEmpty();
    assertThat(shown("(String) null")).isEmpty();
    assertThat(shown("// only a comment")).isEmpty();
    assertThat(shown("")).isEmpty();
  }

  @Test
  void execute_lastExpression_isTheOnlyResult() {
    assertThat(shown("1; 2; 3")).isEqualTo("3");
    assertThat(shown("5;", "int afterwards = 1;")).isEmpty();
  }

  @Test
  void execute_printsAndResult_inOrder() {
    assertThat(shown("System.out.println(\"aé𝄞\");", "System.err.print(\"e\");", "7"))
        .isEqualTo("aé𝄞\n|e|7");
  }

  @Test
  void execute_topLevelTypes_standForLaterCells() {
    shown(
        "package my.notebook;",
        "import java.util.stream.IntStream;",
        "public class Point { public final int x; public Point(int x) { this.x = x; } }",
        "record Pair<A, B>(A a, B b) {}",
        "sealed interface Shape permits Circle, Square {}",
        "final class Circle implements Shape {}",
        "final class Square implements Shape {}",
        "enum Colour { RED, GREEN }",
        "interface Named { default String name() { return \"n\"; } }",
        "@interface Marked {}");
    assertThat(shown("new Point(3).x + new Pair<>(1, \"b\").a()")).isEqualTo("4");
    assertThat(shown("Shape shape = new Circle(); Colour.valueOf(\"RED\")")).isEqualTo("RED");
  }

  @Test
  void execute_modifiersOnTopLevel_areTolerated() {
    assertThat(shown("public static int twice(int n) { return 2 * n; }", "twice(4)"))
        .isEqualTo("8");
    assertThat(shown("private static final String HELLO = \"hi\";", "HELLO")).isEqualTo("hi");
    assertThat(shown("static <T> List<T> both(T a, T b) { return List.of(a, b); }", "both(1, 2)"))
        .isEqualTo("[1, 2]");
  }

  @Test
  void execute_imports_stay() {
    shown("import java.time.*;", "import static java.lang.Math.*;");
    assertThat(shown("Duration.ofHours(max(1, 2))")).isEqualTo("PT2H");
  }

  @Test
  void execute_defaultImports_areThere() {
    assertThat(
            shown(
                "Stream.of(1, 2).map(n -> new BigDecimal(n)).collect(Collectors.toList()) + \"\" +"
                    + " Pattern.compile(\"a\") + new AtomicInteger(1)"
                        .replace("AtomicInteger", "java.util.concurrent.atomic.AtomicInteger")))
        .isEqualTo("[1, 2]a1");
  }

  @Test
  void execute_redefinition_replaces() {
    shown(
        "class Thing { int v() { return 1; } }",
        "int call() { return new Thing().v(); }",
        "int kept = 9;");
    assertThat(shown("call()")).isEqualTo("1");
    shown("class Thing { int v() { return 2; } }");
    assertThat(shown("call() + kept")).isEqualTo("11");
    shown("int call() { return 100; }");
    assertThat(shown("call()")).isEqualTo("100");
    shown("String kept = \"text\";");
    assertThat(shown("kept")).isEqualTo("text");
  }

  @Test
  void execute_forwardReferences_work() {
    shown("int early() { return later() + 1; }");
    assertThat(failure("early()").evalue())
        .contains("early cannot be used until")
        .contains("later()");
    shown("int later() { return 1; }");
    assertThat(shown("early()")).isEqualTo("2");
    assertThat(shown("class Sub extends Base {}", "class Base { int b = 5; }", "new Sub().b"))
        .isEqualTo("5");
  }

  @Test
  void execute_varTextBlocksAndUnicode_work() {
    assertThat(shown("var list = new ArrayList<Map<String, Integer>>();", "list")).isEqualTo("[]");
    assertThat(
            shown("String block = \"\"\"", "  % not a magic", "  ! neither", "  \"\"\";", "block"))
        .isEqualTo("% not a magic\n! neither\n");
    assertThat(shown("int größe = 3; String 名 = \"日本\"; 名 + größe")).isEqualTo("日本3");
  }

  @Test
  void execute_mainMethods_canBeCalled() {
    shown(
        "public class Hello { public static void main(String[] args) { System.out.print(\"main\" + args.length); } }");
    assertThat(shown("Hello.main(new String[0]);")).isEqualTo("main0");
  }

  @Test
  void execute_failureInTheMiddle_keepsWhatStandsBefore() {
    Output.Traceback failure =
        failure(
            "int before = 1;",
            "",
            "/* why */ int[] two = new int[2];",
            "two[before + 1] = 5;",
            "int behind = 2;");
    assertThat(failure.ename()).isEqualTo("java.lang.ArrayIndexOutOfBoundsException");
    assertThat(failure.traceback())
        .anyMatch(line -> line.matches("\tat .*cell \\[\\d+], line 4.*"));
    assertThat(shown("before")).isEqualTo("1");
    assertThat(failure("behind").traceback().get(0)).contains("cannot find symbol");
  }

  @Test
  void execute_wrongCode_isShownWithLineColumnAndCaret() {
    Output.Traceback failure = failure("int fine = 1;", "String s = fine;");
    assertThat(failure.ename()).isEqualTo("CompilationException");
    assertThat(failure.evalue()).contains("line 2, column 12").contains("incompatible types");
    assertThat(failure.traceback()).contains("  String s = fine;", "             ^");
    assertThat(failure("foo(").evalue()).contains("line 1");
    assertThat(failure("int x = ;").evalue()).contains("illegal start of expression");
  }

  @Test
  void execute_exceptionInMethodOfAnotherCell_showsBothPlaces() {
    shown("int divide(int a, int b) {", "  return a / b;", "}");
    Output.Traceback failure = failure("// first", "int y = divide(1, 0);");
    assertThat(failure.evalue()).isEqualTo("/ by zero");
    assertThat(failure.traceback().get(1)).matches("\tat divide \\(cell \\[\\d+], line 2\\)");
    assertThat(failure.traceback().get(2)).matches("\tat .*cell \\[\\d+], line 2\\)?");
    assertThat(failure.traceback()).hasSize(3);
  }

  @Test
  void execute_manyStatements_behaveAsIfEachStoodAlone() {
    assertThat(
            shown(
                "int steps = 0;",
                "steps += 1; // one",
                "steps = steps + 1; /* two */ System.out.println(steps);",
                "for (int i = 0; i < 3; i++) { steps++; }",
                "if (steps > 2)",
                "  System.out.print(\"big\");",
                "else System.out.print(\"small\");",
                "List<Integer> many = new ArrayList<>();",
                "many.add(1);",
                "many.add(2) // the result"))
        .isEqualTo("2\nbig|true");
    Output.Traceback failure =
        failure("steps = 100;", "", "// why", "steps = 100 / (steps - 100);", "steps = 200;");
    assertThat(failure.traceback().get(1)).contains("line 4");
    assertThat(shown("steps")).isEqualTo("100");
    assertThat(failure("steps = 300;", "steps = missing;").evalue())
        .contains("line 2, column 9")
        .contains("cannot find symbol");
    assertThat(shown("steps")).isEqualTo("300");
    assertThat(failure("steps = 400;", "throw new RuntimeException();", "steps = 500;").ename())
        .isEqualTo("java.lang.RuntimeException");
    assertThat(shown("steps")).isEqualTo("400");
    assertThat(failure("steps = 600;", "steps = = 7;").evalue()).contains("line 2");
    assertThat(shown("steps")).isEqualTo("600");
  }

  @Test
  void execute_longAndOddCells_doNotTrip() {
    String comments = "// c\n \n".repeat(5_000);
    assertThat(shown(comments + "% 2".replace("% 2", "3 % 2"))).isEqualTo("1");
    shown("String longest = \"" + "ab\\n".repeat(10_000) + "\";");
    assertThat(HEARD.variable("longest").parameter()).isNull();
    assertThat(shown("longest.length()")).isEqualTo("30000");
    assertThat(shown("int a9 = 1;\r\nint b9 = 2;\r\na9 + b9\r\n")).isEqualTo("3");
    assertThat(shown("System.out.printf(\"%d\", 5);")).isEqualTo("5");
    assertThat(failure("/* never closed").evalue()).contains("line 1");
    assertThat(failure("int f(int n) { return f(n + 1) + 1; }", "f(0)").ename())
        .isEqualTo("java.lang.StackOverflowError");
    assertThat(failure("class Broken { String toString2() { return } }").evalue())
        .contains("line 1");
    assertThat(
            failure(
                    "new Object() { public String toString() { throw new IllegalStateException(\"ts\"); } }")
                .evalue())
        .isEqualTo("ts");
    assertThat(shown("@Deprecated", "static final int marked = 3;", "marked")).isEqualTo("3");
    assertThat(shown("int p1 = 1, p2 = 2;", "p1 + p2")).isEqualTo("3");
    assertThat(shown("Runnable r9 = () -> System.out.print(\"ran\");", "r9.run();"))
        .isEqualTo("ran");
    assertThat(shown("String sw = switch (p2) { case 2 -> \"two\"; default -> \"other\"; };", "sw"))
        .isEqualTo("two");
  }

  @Test
  void execute_exceptionWithCause_showsTheCause() {
    assertThat(
            failure(
                    "throw new IllegalStateException(\"outer\", new java.io.IOException(\"inner\"));")
                .traceback())
        .anyMatch(line -> line.equals("Caused by: java.io.IOException: inner"));
  }

  @Test
  void execute_scanner_readsLines() {
    TYPED.add("first line");
    TYPED.add("42");
    assertThat(
            shown(
                "Scanner in = new Scanner(System.in);",
                "String line = in.nextLine();",
                "int number = in.nextInt();",
                "line + number"))
        .isEqualTo("first line42");
    assertThat(HEARD.what).containsSubsequence("read first line", "read 42");
  }

  @Test
  void execute_any_tellsTheListenerInOrder() {
    shown("System.out.print(\"p\");", "5");
    assertThat(HEARD.what).containsExactly("started", "Stream", "Result", "ended Succeeded");
  }

  @Test
  void execute_declarations_tellVariablesAndParameters() {
    String cell =
        "int epochs = 10; double rate=-1e-3;\nString file = \"a = b.csv\"; var n = epochs * 2;";
    shown(cell);
    assertThat(HEARD.variable("epochs"))
        .isEqualTo(
            new Variable("epochs", "int", 10, true, new Parameter("epochs", "int", "10", 13, 15)));
    Parameter rate = Objects.requireNonNull(HEARD.variable("rate").parameter());
    assertThat(cell.substring(rate.start(), rate.end())).isEqualTo("-1e-3");
    Parameter file = Objects.requireNonNull(HEARD.variable("file").parameter());
    assertThat(cell.substring(file.start(), file.end())).isEqualTo("\"a = b.csv\"");
    assertThat(HEARD.variable("n").parameter()).isNull();
    assertThat(HEARD.variable("n").value()).isEqualTo(20);
  }

  @Test
  void execute_assignments_tellOnlyWhatChanged() {
    shown(
        "int a1 = 1; int a2 = 2; List<String> a3 = new ArrayList<>();", "void set() { a2 = 20; }");
    shown("set(); a3.add(\"x\");");
    assertThat(HEARD.effects.variables())
        .containsExactly(new Variable("a2", "int", 20, false, null));
  }

  @Test
  @Timeout(30)
  void interrupt_busyLoop_endsItAndKeepsVariables() throws Exception {
    shown("int survivor = 77;", "volatile_ = 0;".replace("volatile_ = 0;", "long spins = 0;"));
    assertThat(interrupted("while (true) { spins++; }"))
        .isEqualTo(new Outcome.Interrupted("interrupt"));
    assertThat(interrupted("while (System.nanoTime() != 0 && Math.random() >= 0) { }"))
        .isEqualTo(new Outcome.Interrupted("interrupt"));
    assertThat(interrupted("Thread.sleep(60_000);"))
        .isEqualTo(new Outcome.Interrupted("interrupt"));
    assertThat(interrupted("IntStream.iterate(0, i -> i + 1).filter(i -> i < 0).findFirst()"))
        .isEqualTo(new Outcome.Interrupted("interrupt"));
    assertThat(interrupted("for (;;) { try { spins++; } catch (Throwable t) { } }"))
        .isEqualTo(new Outcome.Interrupted("interrupt"));
    assertThat(
            interrupted(
                "int deep(int n) { return n > 40 ? deep(n - 1) : deep(n + 1); }",
                "while (true) try { deep(0); } catch (StackOverflowError e) {}"))
        .isEqualTo(new Outcome.Interrupted("interrupt"));
    assertThat(shown("survivor")).isEqualTo("77");
  }

  private static Outcome interrupted(String... lines) throws Exception {
    Thread finger =
        new Thread(
            () -> {
              try {
                Thread.sleep(400);
              } catch (InterruptedException e) {
                return;
              }
              kernel.interrupt();
            });
    finger.start();
    Outcome outcome = run(lines).outcome();
    finger.join();
    return outcome;
  }

  @Test
  void execute_threadThatOutlivesItsCell_stillShows() throws Exception {
    shown(
        "Thread late = new Thread(() -> { try { Thread.sleep(300); } catch (Exception e) {} System.out.print(\"late\"); });",
        "late.start();");
    String seen = text(run("late.join(); Thread.sleep(60);").outputs());
    assertThat(seen).isEqualTo("late");
  }

  @Test
  void display_anything_hasCountedIds() {
    HeadlessKernel.Executed done =
        run(
            "String id = display(\"one\");",
            "updateDisplay(id, \"two\");",
            "display(\"<b>x</b>\", \"text/html\");");
    List<Output> outputs = done.outputs();
    assertThat(outputs).hasSize(3); // the id that display returns is not shown below what it showed
    String id = ((Output.Display) outputs.get(0)).displayId();
    assertThat(id).matches("display-\\d+");
    assertThat(((Output.DisplayUpdate) outputs.get(1)).displayId()).isEqualTo(id);
    assertThat(((Output.Display) outputs.get(2)).data().toString()).contains("<b>x</b>");
  }

  @Test
  void ijavaNames_leadToTheKernel() {
    assertThat(
            shown(
                "render(\"x\").getData(org.dflib.jjava.jupyter.kernel.display.mime.MIMEType.TEXT_PLAIN)"))
        .isEqualTo("x");
    assertThat(shown("io.github.spencerpark.ijava.IJava.getKernelInstance().getRenderer() != null"))
        .isEqualTo("true");
    assertThat(
            shown("org.dflib.jjava.jupyter.kernel.BaseKernel.notebookKernel().evalRaw(\"3 * 3\")"))
        .isEqualTo("9");
    assertThat(shown("eval(\"int made = 4; made\")")).isEqualTo("4");
    assertThat(shown("made + 1")).isEqualTo("5");
  }

  @Test
  void userCode_cannotSeeWhatWeAreMadeOf() {
    for (String ours :
        List.of(
            "org.objectweb.asm.ClassReader",
            "com.fasterxml.jackson.databind.ObjectMapper",
            "org.zeromq.ZMQ",
            "reprise.ledger.Digest",
            "reprise.extension.kernel.HeadlessKernel",
            "com.google.gson.Gson")) {
      assertThat(failure(ours + " it = null;").evalue()).contains("does not exist");
      assertThat(failure("Class.forName(\"" + ours + "\")").ename())
          .isEqualTo("java.lang.ClassNotFoundException");
    }
    assertThat(shown("reprise.Reprise.VERSION")).isNotEmpty();
    assertThat(shown("javax.tools.ToolProvider.getSystemJavaCompiler() != null")).isEqualTo("true");
    assertThat(
            shown(
                "Thread.currentThread().getContextClassLoader() == new Object(){}.getClass().getClassLoader()"))
        .isEqualTo("true");
  }
}
