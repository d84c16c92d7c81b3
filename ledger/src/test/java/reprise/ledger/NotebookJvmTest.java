package reprise.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NotebookJvmTest {
  @Test
  void options_ofThePerson_areSplitAtBlanksAndComeLast() {
    List<String> ours = NotebookJvm.options(Map.of());
    assertThat(ours).isNotEmpty();
    assertThat(NotebookJvm.options(Map.of("REPRISE_JVM_OPTIONS", " -Xmx2g  -ea ")))
        .startsWith(ours.toArray(String[]::new))
        .endsWith("-Xmx2g", "-ea")
        .hasSize(ours.size() + 2);
  }
}
