package reprise.extension.cell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reprise.ledger.Flow;
import reprise.ledger.Flow.Name;

class DataFlowTest {
  private final CellEngine engine = new CellEngine(CellListener.NONE);

  @AfterEach
  void close() {
    engine.close();
  }

  private Flow cell(String source) {
    engine.begin(new CellRequest("cell", 1, source, List.of()));
    try {
      engine.run(source, source, 0);
    } catch (CellFailure expectedBySome) {
      // a cell that fails has its flow all the same
    }
    return engine.end().flow();
  }

  private static String text(List<Name> names) {
    return names.stream().map(name -> name + "@" + name.step()).collect(Collectors.joining(" "));
  }

  @Test
  void end_declarations_areDefined() {
    Flow flow = cell("int n = 1; int twice(int x) { return 2 * x; } record Point(int x) {}");
    assertThat(text(flow.defined())).isEqualTo("n@1 twice()@1 Point@1");
    assertThat(flow.used()).isEmpty();
    assertThat(flow.changed()).isEmpty();
  }

  @Test
  void end_variableOfAnotherCell_isUsed() {
    cell("int n = 1;");
    Flow flow = cell("System.out.println(n);");
    assertThat(text(flow.used())).isEqualTo("n@1");
    assertThat(flow.changed()).isEmpty();
  }

  @Test
  void end_expressionEvaluatedBetweenCells_countsAsNoStep() {
    cell("int n = 1;");
    engine.beginAside(new CellRequest("expression", null, "n", List.of()));
    engine.run("n", "n", 0);
    engine.end();
    assertThat(text(cell("int m = n;").defined())).isEqualTo("m@2");
  }

  @Test
  void end_assignment_changes() {
    cell("int n = 1;");
    assertThat(text(cell("n = 2;").changed())).isEqualTo("n@1");
    assertThat(text(cell("n++").changed())).isEqualTo("n@1");
  }

  @Test
  void end_objectThatCanChange_mayBeChanged() {
    cell("var list = new ArrayList<String>(); String text = \"a\";");
    Flow flow = cell("System.out.println(list.size() + text);");
    assertThat(text(flow.used())).isEqualTo("list@1 text@1");
    assertThat(text(flow.changed())).isEqualTo("list@1");
  }

  @Test
  void end_methodOfAnotherCell_bringsWhatItUses() {
    cell("int n = 1; int unused = 2;");
    Flow declared = cell("int next() { return n++; }");
    assertThat(text(declared.used())).isEqualTo("n@1");
    assertThat(declared.changed()).as("it is not called yet").isEmpty();
    Flow called = cell("next()");
    assertThat(text(called.used())).isEqualTo("next()@2 n@1");
    assertThat(text(called.changed())).isEqualTo("n@1");
  }

  @Test
  void end_methodThroughMethods_bringsWhatAllUse() {
    cell("int a = 1;");
    cell("int one() { return a; }");
    cell("int two() { return one(); }");
    assertThat(text(cell("two()").used())).isEqualTo("two()@3 one()@2 a@1");
  }

  @Test
  void end_lambdaInAVariable_bringsWhatItUses() {
    cell("int n = 1;");
    cell("Runnable run = () -> n++;");
    Flow flow = cell("run.run()");
    assertThat(text(flow.used())).contains("run@2").contains("n@1");
    assertThat(text(flow.changed())).contains("n@1");
  }

  @Test
  void end_methodReference_isUsed() {
    cell("int twice(int x) { return 2 * x; }");
    assertThat(text(cell("java.util.function.IntUnaryOperator f = this::twice;").used()))
        .as("a snippet has no this, so the cell fails")
        .isEmpty();
    cell("class Math2 { static int twice(int x) { return 2 * x; } }");
    assertThat(text(cell("java.util.function.IntUnaryOperator f = Math2::twice;").used()))
        .isEqualTo("Math2@3");
  }

  @Test
  void end_typeOfAnotherCell_isUsedWithItsStaticState() {
    cell("class Counter { static int count; int next() { return ++count; } }");
    cell("var counter = new Counter();");
    Flow flow = cell("counter.next()");
    assertThat(text(flow.used())).contains("counter@2").contains("Counter@1");
    assertThat(text(flow.changed())).contains("Counter@1");
  }

  @Test
  void end_declaredAgain_isUsedFromTheLaterCell() {
    cell("int n = 1;");
    cell("int value() { return n; }");
    assertThat(text(cell("int n = 20;").defined())).isEqualTo("n@3");
    assertThat(text(cell("value()").used())).isEqualTo("value()@2 n@3");
  }

  @Test
  void end_usedAndThenDeclaredAgain_isUsedFromTheEarlierCell() {
    cell("int n = 1;");
    Flow flow = cell("System.out.println(n);\nint n = 2;");
    assertThat(text(flow.used())).isEqualTo("n@1");
    assertThat(text(flow.defined())).isEqualTo("n@2");
  }

  @Test
  void end_ownDeclarations_areNotUsedFromOthers() {
    Flow flow = cell("int n = 1;\nSystem.out.println(n);\nn = 3;");
    assertThat(flow.used()).isEmpty();
    assertThat(flow.changed()).isEmpty();
  }

  @Test
  void end_failingCell_keepsWhatStandsBeforeTheFailure() {
    cell("int n = 1;");
    Flow flow = cell("int m = n;\nObject o = null; o.toString();\nint never = n;");
    assertThat(text(flow.used())).isEqualTo("n@1");
    assertThat(text(flow.defined())).isEqualTo("m@2 o@2");
  }

  @Test
  void end_typesInSignatures_areUsed() {
    cell("record Point(int x) {}");
    assertThat(text(cell("List<Point> points = new ArrayList<>();").used())).isEqualTo("Point@1");
  }

  @Test
  void end_resultOfAnotherCell_isUsedByItsNumber() {
    cell("new StringBuilder(\"a\")");
    assertThat(cell("$1.length()").used()).hasSize(1);
  }
}
