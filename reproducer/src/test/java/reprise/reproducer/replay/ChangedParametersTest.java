package reprise.reproducer.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import reprise.ledger.Parameter;
import reprise.ledger.Run;

class ChangedParametersTest {
  private static Parameter parameter(String source, String name, String type, String constant) {
    int start = source.indexOf(constant, source.indexOf(name + " ="));
    return new Parameter(name, type, constant, start, start + constant.length());
  }

  private static Recorded with(Recorded run, String name, String type, String constant) {
    String source = type + " " + name + " = " + constant + ";";
    return run.step(source, null, parameter(source, name, type, constant));
  }

  private static List<String> sources(Run run, ChangedParameters changed) {
    return run.history().stream().map(changed::source).toList();
  }

  @Test
  void source_severalParametersInOneCell_areChangedInTheirPlaces() {
    String source = "int n = 1; String s = \"a\";\nint twice = n * 2; // n = 1";
    Run run =
        new Recorded()
            .step(
                source,
                null,
                parameter(source, "n", "int", "1"),
                parameter(source, "s", "String", "\"a\""))
            .run();
    ChangedParameters changed = ChangedParameters.of(run, Map.of("n", "1000", "s", "b\"c"));
    assertThat(sources(run, changed))
        .containsExactly("int n = 1000; String s = \"b\\\"c\";\nint twice = n * 2; // n = 1");
  }

  @Test
  void source_parameterThatHadSeveralValues_isChangedWhereItHasTheLatest() {
    Recorded recorded = with(new Recorded(), "lr", "double", "0.5");
    with(with(recorded, "lr", "double", "0.1"), "lr", "double", "0.1");
    Run run = recorded.run();
    ChangedParameters changed = ChangedParameters.of(run, Map.of("lr", "0.9"));
    assertThat(sources(run, changed))
        .containsExactly("double lr = 0.5;", "double lr = 0.9;", "double lr = 0.9;");
    assertThat(changed.lines())
        .containsExactly(
            "the parameter lr is 0.9 instead of 0.1, in steps 2, 3; in step 1 it is another value,"
                + " which stays");
  }

  @Test
  void asked_parameterThatTheNotebookAsksFor_isGivenAsTheTextThatItIs() {
    Run run =
        new Recorded()
            .step(
                "Reprise.param(\"epochs\", 3L)",
                null,
                new Parameter("epochs", "long", "3L", Parameter.NOWHERE, Parameter.NOWHERE))
            .run();
    ChangedParameters changed = ChangedParameters.of(run, Map.of("epochs", "5"));
    assertThat(changed.asked()).containsExactly(Map.entry("epochs", "5"));
    assertThat(sources(run, changed)).containsExactly("Reprise.param(\"epochs\", 3L)");
  }

  @Test
  void of_unknownNameOrWrongType_isRefusedWithWhatThereIs() {
    Run run = with(with(new Recorded(), "lr", "double", "0.5"), "n", "int", "3").run();
    assertThatThrownBy(() -> ChangedParameters.of(run, Map.of("rl", "1")))
        .isInstanceOf(NotOfThisRun.class)
        .hasMessage("This run has no parameter or secret called rl; it has lr (double), n (int).");
    assertThatThrownBy(() -> ChangedParameters.of(run, Map.of("n", "many")))
        .isInstanceOf(NotOfThisRun.class)
        .hasMessage("'many' is not a value of type int, which n has; it has lr (double), n (int).");
  }
}
