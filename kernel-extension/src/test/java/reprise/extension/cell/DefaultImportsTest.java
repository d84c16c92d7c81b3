package reprise.extension.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DefaultImportsTest {
  private final CellEngine engine = new CellEngine(CellListener.NONE);

  @AfterEach
  void close() {
    engine.close();
  }

  private @Nullable Object cell(String source) {
    engine.begin(new CellRequest("cell", 1, source, List.of()));
    try {
      return engine.run(source, source, 0);
    } finally {
      engine.end();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "import java.io.*;",
        "import java.math.*;",
        "import java.util.*;",
        "import java.util.stream.*;",
        "import static io.github.spencerpark.ijava.runtime.Display.*;",
        "import static io.github.spencerpark.ijava.runtime.Magics.*;"
      })
  void run_oneOfThemWrittenAgain_leavesTheOthers(String again) {
    cell(again);
    assertThat(cell("new BigDecimal(List.of(1).size()) + \"\" + File.separator"))
        .isEqualTo("1" + java.io.File.separator);
    assertThat(cell("Stream.of(1).collect(Collectors.toList()) + \"\"")).isEqualTo("[1]");
  }

  @Test
  void run_anotherClassOfTheSameName_isTakenWhenImportedByName() {
    cell("import java.awt.List;");
    assertThat(cell("List.class.getName()")).isEqualTo("java.awt.List");
    assertThat(cell("Map.of().size()")).isEqualTo(0);
  }

  @Test
  void declared_imports_areListed() {
    assertThat(String.join("\n", engine.declared("imports")).replace(" ", ""))
        .contains("importjava.util.*;")
        .contains("importstaticio.github.spencerpark.ijava.runtime.Display.*;");
  }

  @Test
  void run_nameThatNobodyImports_isNotFound() {
    assertThatThrownBy(() -> cell("Path.of(\"a\")")).isInstanceOf(CellFailure.class);
  }
}
