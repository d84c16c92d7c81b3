package reprise.extension.cell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnippetNamesTest {
  @ParameterizedTest
  @CsvSource({
    "REPL.$JShell$11, REPL.$JShell$11",
    "REPL.$JShell$11B$Foo, REPL.$JShell$11B",
    "REPL.$JShell$11$$Lambda$85/0x1, REPL.$JShell$11"
  })
  void snippetOf_anyClassOfASnippet_isTheSnippet(String className, String snippet) {
    assertThat(SnippetNames.snippetOf(className)).hasValue(snippet);
  }

  @Test
  void snippetOf_classOfALibrary_isNone() {
    assertThat(SnippetNames.snippetOf("java.lang.String")).isEmpty();
  }
}
