package reprise.reproducer.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JavaTextTest {
  @Test
  void flat_linesAndComments_areOneLineOfCode() {
    assertThat(JavaText.flat("a // \"one\"\n  .b() /* two\n three */\n  .c(\"// no\", '\"')"))
        .isEqualTo("a    .b()     .c(\"// no\", '\"')");
  }

  @Test
  void flat_textBlock_isTheSameString() {
    assertThat(JavaText.flat("f(\"\"\"\n    a \"b\"\n      c\\td \\\n    e\n    \"\"\")"))
        .isEqualTo("f(\"a \\\"b\\\"\\n  c\\td e\\n\")");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "int a; // \"\"\"\n", "\"\"\"\nx\n\"\"\"\n", "/* x */", "'\"'"})
  void isCode_outsideOfCommentsAndBlocks_isTrue(String text) {
    assertThat(JavaText.isCode(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/* x\n", "String s = \"\"\"\n a\n", "f(\"\"\"\n\\\"\"\"\n"})
  void isCode_insideOfACommentOrBlock_isFalse(String text) {
    assertThat(JavaText.isCode(text)).isFalse();
  }

  @Test
  void parts_percentInsideATextBlock_isNoMagic() {
    List<CellPart> parts =
        CellPart.of("%maven a:b:1\nString s = \"\"\"\n%d\n!x\n\"\"\";\nint a = 5\n  %3;\n!ls -l\n");
    assertThat(parts).extracting(CellPart::isJava).containsExactly(false, true, false);
    assertThat(parts.get(1).text()).contains("%d\n!x", "%3");
    assertThat(parts.get(2).java()).contains("\"ls -l\"");
    assertThat(parts.get(0).isAboutJars()).isTrue();
  }
}
